package io.qilin.benchmarks;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.demo.DefectTable;
import io.qilin.data.quality.table.JudgeOptions;
import io.qilin.data.quality.table.TableJudge;
import io.qilin.data.quality.table.TableReport;
import io.qilin.data.quality.table.TableRules;
import io.qilin.data.table.TableBatch;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The table with known defects, the rules, and the right answers. */
final class QualityTable {
  private static final int INSTRUMENTS = 5000;
  private static final int DAYS = 2003;
  private static final int BATCH = 1 << 20;

  /** 15:00:30 in Shanghai on the last day of the table. */
  private static final Instant NOW =
      Instant.EPOCH.plusSeconds((DAYS - 1) * 86_400L + 7 * 3600 + 30);

  private static final TableRules RULES = TableRules.parse(String.join(
      "\n",
      "key inst,day",
      "complete close 0.99 as close",
      "complete volume 0.99 as volume",
      "unique inst,day as unique",
      "price-order open high low close as order",
      "range open 0 10000 as range",
      "fresh day by inst as fresh"));

  private final TableJudge judge = TableJudge.of(
      RULES, JudgeOptions.builder().now(NOW).build(), Clock.fixed(NOW, ZoneOffset.UTC));
  private final List<TableBatch> table;

  private QualityTable(List<TableBatch> table) {
    this.table = table;
  }

  /** The table as it is, sorted by its key. */
  static QualityTable sorted() {
    return new QualityTable(DefectTable.of(INSTRUMENTS, DAYS, BATCH));
  }

  /**
   * The same rows in an order without pattern, with keys spread over all numbers of 64 bits, so that neither order nor
   * small numbers help.
   */
  static QualityTable scattered() {
    return new QualityTable(ScatteredTable.of(DefectTable.of(INSTRUMENTS, DAYS, BATCH)));
  }

  List<TableBatch> batches() {
    return table;
  }

  TableReport judge(Executor executor, int threads) {
    return judge.judge("table", table, executor, threads);
  }

  /** Checks a report against the right answers. */
  static void check(TableReport report) {
    List<Long> found = new ArrayList<>();
    for (String rule : List.of("close", "volume", "unique", "order", "range", "fresh")) {
      found.add(report.outcome(rule).bad());
    }
    check(found, "Qilin");
  }

  /** Checks close and volume missing, duplicates, contradicting prices, opens out of range, late instruments. */
  static void check(List<Long> found, String who) {
    List<Long> right = List.of(10_035L, 10_075L, 1_948L, 19_919L, 4_933L, 50L);
    if (!found.equals(right)) {
      throw new QilinException(
          ErrorCode.DATA_QUALITY, who + " found " + found + " instead of " + right);
    }
  }
}
