package io.qilin.restsource;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Symbol;
import io.qilin.api.record.FundamentalSnapshot;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Restatements at random days: a query as of a moment sees exactly what was announced by then, whatever comes later. */
class LookAheadPropertyTest {
  private static final LocalDate FIRST = LocalDate.of(2023, 10, 15);

  @Property(tries = 12)
  void whenAskedAsOfAMoment_thenOnlyWhatWasAnnouncedIsThereAndLaterRowsChangeNothing(
      @ForAll @LongRange(max = 1_000_000) long seed, @ForAll @IntRange(max = 80) int hours) {
    SplittableRandom random = new SplittableRandom(seed);
    Instant known = PublicationTimes.startOf(FIRST).plus(Duration.ofHours(hours * 12L));
    try (TushareDouble service = new TushareDouble();
        MarketDataSource source = new TushareProvider().open(service.settings())) {
      for (String api : List.of("income", "balancesheet", "cashflow", "fina_indicator")) {
        service.rows(api).clear();
        for (int i = random.nextInt(5); i >= 0; i--) {
          restate(service, api, FIRST.plusDays(random.nextInt(40)), random.nextInt(1, 1000));
        }
      }
      List<FundamentalSnapshot> before = read(source, known);
      assertThat(before).allSatisfy(report -> {
        assertThat(report.asOf()).isBeforeOrEqualTo(known);
        assertThat(report.asOf()).isEqualTo(PublicationTimes.ofAnnouncement(report.announceDate()));
      });
      LocalDate later =
          known.atZone(java.time.ZoneId.of("Asia/Shanghai")).toLocalDate().plusDays(1);
      for (String api : List.of("income", "balancesheet", "cashflow", "fina_indicator")) {
        restate(service, api, later, 5000);
      }
      assertThat(read(source, known)).isEqualTo(before);
    }
  }

  private static List<FundamentalSnapshot> read(MarketDataSource source, Instant known) {
    return source
        .records(RecordQuery.of(FundamentalSnapshot.class, known)
            .withSymbols(Set.of(Symbol.parse("600519.SH"))))
        .rows();
  }

  private static void restate(TushareDouble service, String api, LocalDate day, int value) {
    String date = day.toString().replace("-", "");
    List<Object> row = switch (api) {
      case "income" ->
        Arrays.<Object>asList("600519.SH", date, date, "20230930", "1", value, value);
      case "balancesheet" ->
        Arrays.<Object>asList("600519.SH", date, date, "20230930", "1", value, value, value);
      case "cashflow" -> Arrays.<Object>asList("600519.SH", date, date, "20230930", "1", value);
      default -> Arrays.<Object>asList("600519.SH", date, "20230930", value);
    };
    service.rows(api).add(new ArrayList<>(row));
  }
}
