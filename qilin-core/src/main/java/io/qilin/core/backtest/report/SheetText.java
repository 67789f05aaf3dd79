package io.qilin.core.backtest.report;

import io.qilin.core.report.TextTable;

/** A run as lines of a terminal: what the performance says, then the orders and findings of the run. */
final class SheetText {
  private final TearSheet sheet;
  private final StringBuilder out = new StringBuilder();

  private SheetText(TearSheet sheet) {
    this.sheet = sheet;
  }

  static String of(TearSheet sheet) {
    return new SheetText(sheet).write();
  }

  private String write() {
    SheetTables tables = new SheetTables(sheet);
    out.append(sheet.figures().text());
    part("When orders were not filled", tables.rules());
    part("The worst days and what is on record", tables.worstDays());
    sheet
        .byIndustry()
        .ifPresent(found -> part("Active return by industry", SheetTables.industries(found)));
    sheet
        .byFactor()
        .ifPresent(found -> part("Active return by factor", SheetTables.factors(found)));
    part("Holdings at the end", tables.holdings());
    cut(tables.held().size(), "holdings");
    part("Findings by rule", tables.findingRules());
    part("Findings", tables.findings());
    cut(sheet.report().findings().size(), "findings");
    return out.toString();
  }

  private void part(String heading, TextTable table) {
    if (table.size() > 0) {
      out.append('\n').append(heading).append("\n\n").append(table);
    }
  }

  private void cut(int all, String what) {
    SheetWords.cut(all, sheet.mostRows(), what)
        .ifPresent(line -> out.append(line).append('\n'));
  }
}
