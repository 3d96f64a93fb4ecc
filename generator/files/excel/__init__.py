"""What the doors that write workbooks, `plan_file` and `form_file`, are made of."""
