package io.qilin.examples;

import io.qilin.agents.analyst.Preset;
import io.qilin.agents.desk.DeskResult;
import io.qilin.agents.desk.ResearchDesk;
import io.qilin.agents.desk.Snapshots;
import io.qilin.agents.desk.TrackRecord;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.check.QualityInput;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.record.PublicationTimes;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.FactorEngine;
import io.qilin.data.demo.DemoMarket;
import io.qilin.data.quality.QualityGate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * All that the demo computes: the whole way from bars to recommendations, in the order of the architecture.
 *
 * @param market the synthetic market
 * @param quality how its data was judged
 * @param ranking which factors of Alpha158 did best
 * @param decision what the desk decided after the last evening but one, with all that was public at the opening of the last session
 * @param track what became of its earlier advice
 */
record DemoRun(
    DemoMarket market,
    QualityReport quality,
    FactorRanking ranking,
    DeskResult decision,
    TrackRecord track) {
  /** Days on which the factors are judged. */
  static final int STUDY_DAYS = 40;

  /** Evenings whose advice is followed up. */
  static final int TRACK_DAYS = 10;

  private static final int BEST = 10;
  private static final LocalTime EVENING = LocalTime.of(18, 0);
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  /**
   * Runs everything: factors and past advice are worked out on threads of the executor, while this one judges the data
   * and decides.
   */
  static DemoRun of(int symbols, int years, long seed, Executor executor) {
    DemoMarket market = DemoMarket.of(symbols, years, seed);
    LocalDate evening = daysBefore(market, 1);
    CompletableFuture<FactorRanking> ranking =
        CompletableFuture.supplyAsync(() -> study(market), executor);
    Snapshots snapshots = Snapshots.from(market.bars(), market.securities());
    ResearchDesk desk = ResearchDesk.standard(Preset.STANDARD).build();
    CompletableFuture<TrackRecord> track = CompletableFuture.supplyAsync(
        () -> TrackRecord.builder(desk, snapshots)
            .span(daysBefore(market, TRACK_DAYS), evening)
            .run(),
        executor);
    QualityReport quality = judge(market);
    Instant opening = PublicationTimes.openingOf(market.calendar().next(evening));
    MarketSnapshot known = snapshots.at(evening).withRecords(market.records(evening, opening));
    DeskResult decision = desk.run(with(quality, known), market.calendar());
    return new DemoRun(market, quality, result(ranking), decision, result(track));
  }

  private static <T> T result(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static QualityReport judge(DemoMarket market) {
    Instant evening =
        market.bars().panel().lastDay().atTime(EVENING).atZone(SHANGHAI).toInstant();
    return QualityGate.builder()
        .build()
        .judge(new QualityInput(
            market.bars(), market.securities(), Optional.of(market.calendar()), evening));
  }

  private static FactorRanking study(DemoMarket market) {
    Panel panel = market.bars().panel().withAdjustment(Adjustment.BACKWARD);
    LocalDate from = daysBefore(market, STUDY_DAYS - 1);
    FactorSet set = Alpha158.factors();
    FactorTable factors = FactorEngine.DEFAULT.compute(panel, set, from, panel.lastDay());
    LabelTable labels =
        FactorEngine.DEFAULT.labels(panel, List.of(Label.NEXT_DAY_RETURN), from, panel.lastDay());
    return FactorRanking.of(set, factors, labels, BEST);
  }

  private static MarketSnapshot with(QualityReport quality, MarketSnapshot snapshot) {
    return new MarketSnapshot(
        snapshot.day(),
        snapshot.raw(),
        snapshot.adjusted(),
        snapshot.securities(),
        snapshot.provenance(),
        Optional.of(quality),
        snapshot.factors(),
        snapshot.records());
  }

  private static LocalDate daysBefore(DemoMarket market, int count) {
    List<LocalDate> days = market.bars().panel().days();
    return days.get(Math.max(0, days.size() - 1 - count));
  }
}
