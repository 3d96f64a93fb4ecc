"""The number formats that a workbook may use without writing them down.

Source: ECMA-376 part 1, §18.8.30 (numFmt).
"""

# Ids 23 to 36 differ between languages; these codes are those of en-US, which every program shows in its own way.
BUILT_IN_FORMATS = (
    'General|0|0.00|#,##0|#,##0.00|"$"#,##0_);("$"#,##0)|"$"#,##0_);[Red]("$"#,##0)|"$"#,##0.00_);("$"#,##0.00)|'
    '"$"#,##0.00_);[Red]("$"#,##0.00)|0%|0.00%|0.00E+00|# ?/?|# ??/??|mm-dd-yy|d-mmm-yy|d-mmm|mmm-yy|h:mm AM/PM|'
    f"h:mm:ss AM/PM|h:mm|h:mm:ss|m/d/yy h:mm|{'General|' * 14}#,##0_);(#,##0)|#,##0_);[Red](#,##0)|"
    '#,##0.00_);(#,##0.00)|#,##0.00_);[Red](#,##0.00)|_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)|'
    '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)|_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)|'
    '_("$"* #,##0.00_)_("$"* \\(#,##0.00\\)_("$"* "-"??_)_(@_)|mm:ss|[h]:mm:ss|mmss.0|##0.0E+0|@'
).split("|")
