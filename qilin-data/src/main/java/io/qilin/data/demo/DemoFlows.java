package io.qilin.data.demo;

import io.qilin.api.market.Field;
import io.qilin.api.record.FlowConvention;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.record.OrderFlow;
import io.qilin.api.record.PublicationTimes;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Money flows of the demo market: the four classes together bought and sold the day's amount, their nets add up to nothing,
 * and large orders lean to the side of the day's move.
 */
final class DemoFlows {
  private DemoFlows() {}

  static void add(DemoRecords.ShareDay share, List<MarketRecord> made) {
    SeededRandom random = share.random(DemoRecords.Kind.FLOW);
    double amount = share.value(Field.AMOUNT);
    double lean = Math.max(-0.2, Math.min(0.2, 1.5 * share.move() + 0.04 * random.normal()));
    double net = lean * amount;
    boolean northbound = !share.date().isAfter(MoneyFlowDaily.LAST_NORTHBOUND_DAY);
    made.add(new MoneyFlowDaily(
        share.symbol(),
        share.date(),
        PublicationTimes.ofDailyFigures(share.date()),
        share.source(),
        FlowConvention.EASTMONEY,
        flow(0.20 * amount, 0.55 * net),
        flow(0.15 * amount, 0.45 * net),
        flow(0.35 * amount, -0.40 * net),
        flow(0.30 * amount, -0.60 * net),
        Double.NaN,
        Double.NaN,
        northbound ? OptionalDouble.of(0.01 * amount * random.normal()) : OptionalDouble.empty()));
  }

  private static OrderFlow flow(double gross, double net) {
    return new OrderFlow(fen(gross + net / 2), fen(gross - net / 2));
  }

  private static double fen(double yuan) {
    return Math.rint(yuan * 100) / 100;
  }
}
