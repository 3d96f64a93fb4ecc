"""What the doors that write workbooks are made of: `plan_file`, `form_file` and `answer_workbook`."""
