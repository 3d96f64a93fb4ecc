"""What runs in the child process that reads .xls and .ods, and how it hands the workbook over."""
