package io.qilin.data.failover;

import io.qilin.api.market.Exchange;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with an answer. Stateless apart from the clock. */
final class AnswerCheck {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private final AnswerRules rules;
  private final Clock clock;

  AnswerCheck(AnswerRules rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /** What is wrong with an answer that was just given; empty if nothing is. */
  Optional<String> fresh(@Nullable Bars bars, BarQuery query) {
    if (bars != null && bars.provenance().copyOf().isPresent()) {
      return Optional.of("the answer is itself a stale copy: " + bars.provenance());
    }
    Optional<String> wrong = kept(bars, query);
    return wrong.isPresent() || bars == null ? wrong : stale(bars.panel(), query);
  }

  /** The same of an answer that was kept, which may end earlier than one given now. */
  Optional<String> kept(@Nullable Bars bars, BarQuery query) {
    if (bars == null) {
      return Optional.of("the answer is null");
    }
    Panel panel = bars.panel();
    if (panel.symbols().isEmpty() || panel.days().isEmpty()) {
      return Optional.of("the answer is empty");
    }
    Set<Field> missing = new TreeSet<>(rules.fields());
    missing.removeAll(panel.fields());
    if (!missing.isEmpty()) {
      return Optional.of("the answer lacks " + missing + "; it has " + panel.fields());
    }
    return outside(panel, query)
        .or(() -> instruments(panel, query.symbols()))
        .or(() -> halfRows(panel));
  }

  private Optional<String> outside(Panel panel, BarQuery query) {
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, SHANGHAI);
    LocalDate abroad = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
    for (int i = 0; i < panel.symbols().size(); i++) {
      Symbol symbol = panel.symbols().get(i);
      if (panel.endRow(i) <= panel.firstRow(i)) {
        continue;
      }
      LocalDate first = panel.days().get(panel.firstRow(i));
      LocalDate last = panel.days().get(panel.endRow(i) - 1);
      if (last.isAfter(symbol.exchange() == Exchange.OTHER ? abroad : today)) {
        return Optional.of("the answer holds a row of the future: " + symbol + " on " + last);
      }
      if (!query.accepts(symbol, first) || !query.accepts(symbol, last)) {
        LocalDate wrong = query.accepts(symbol, first) ? last : first;
        return Optional.of("the answer holds a row outside the query: " + symbol + " on " + wrong
            + query.knownAt().map(at -> ", known at " + at).orElse(""));
      }
    }
    return Optional.empty();
  }

  private Optional<String> instruments(Panel panel, Set<Symbol> asked) {
    long there = asked.stream().filter(s -> panel.find(s).isPresent()).count();
    return there >= rules.instruments() * asked.size()
        ? Optional.empty()
        : Optional.of("the answer holds " + there + " of " + asked.size() + " instruments");
  }

  private Optional<String> halfRows(Panel panel) {
    List<PanelColumn> columns = new ArrayList<>();
    rules.fields().forEach(field -> columns.add(panel.column(field)));
    long rows = 0;
    long half = 0;
    for (int i = 0; i < panel.symbols().size(); i++) {
      for (int day = panel.firstRow(i); day < panel.endRow(i); day++) {
        int known = 0;
        for (int c = 0; c < columns.size(); c++) {
          known += Double.isNaN(columns.get(c).value(i, day)) ? 0 : 1;
        }
        rows += known > 0 ? 1 : 0;
        half += known > 0 && known < columns.size() ? 1 : 0;
      }
    }
    if (rows == 0 && !columns.isEmpty()) {
      return Optional.of("no row of the answer holds any of " + rules.fields());
    }
    return half <= rules.halfRows() * rows
        ? Optional.empty()
        : Optional.of(half + " of " + rows + " rows are half: they hold some of " + rules.fields()
            + " but not all");
  }

  private Optional<String> stale(Panel panel, BarQuery query) {
    return rules
        .freshBy()
        .flatMap(calendar -> expected(calendar, query))
        .filter(day -> panel.lastDay().isBefore(day))
        .map(day -> "the answer ends on " + panel.lastDay() + ", but " + day + " is public");
  }

  /** The last trading day that a query can ask for and that is public; empty where the calendar does not know it. */
  private Optional<LocalDate> expected(TradingCalendar calendar, BarQuery query) {
    Instant now = clock.instant();
    Instant known = query.knownAt().filter(at -> at.isBefore(now)).orElse(now);
    LocalDate last = LocalDate.ofInstant(known, SHANGHAI);
    Instant today = last.atTime(15, 30).atZone(SHANGHAI).toInstant();
    LocalDate day = today.isAfter(known) ? last.minusDays(1) : last;
    LocalDate end = query.to().filter(day::isAfter).orElse(day);
    if (end.isBefore(calendar.knownFrom()) || end.isAfter(calendar.knownUntil())) {
      return Optional.empty();
    }
    LocalDate open = end;
    while (!calendar.isTradingDay(open)) {
      open = open.minusDays(1);
      if (open.isBefore(calendar.knownFrom())) {
        return Optional.empty();
      }
    }
    LocalDate expected = open;
    return query.from().filter(expected::isBefore).isPresent()
        ? Optional.empty()
        : Optional.of(expected);
  }

  /** What is wrong with timelines. */
  Optional<String> securities(@Nullable Map<Symbol, SecurityTimeline> timelines) {
    if (timelines == null || timelines.isEmpty()) {
      return Optional.of("the answer is " + (timelines == null ? "null" : "empty"));
    }
    for (Map.Entry<Symbol, SecurityTimeline> entry : timelines.entrySet()) {
      SecurityTimeline timeline = entry.getValue();
      if (timeline == null || !timeline.symbol().equals(entry.getKey())) {
        return Optional.of("under " + entry.getKey() + " stands "
            + (timeline == null ? "nothing" : "the timeline of " + timeline.symbol()));
      }
    }
    return Optional.empty();
  }

  /** What is wrong with records that were just given. */
  <R extends MarketRecord> Optional<String> fresh(
      @Nullable Records<R> records, RecordQuery<R> query) {
    if (records != null && records.provenance().copyOf().isPresent()) {
      return Optional.of("the answer is itself a stale copy: " + records.provenance());
    }
    return kept(records, query);
  }

  /** What is wrong with records. */
  <R extends MarketRecord> Optional<String> kept(
      @Nullable Records<R> records, RecordQuery<R> query) {
    if (records == null) {
      return Optional.of("the answer is null");
    }
    Instant now = clock.instant();
    Instant before = Instant.MIN;
    // Read as plain records: an answer may hold another kind than its type says.
    List<? extends MarketRecord> rows = records.rows();
    for (MarketRecord row : rows) {
      if (!query.type().isInstance(row)) {
        return Optional.of("the answer holds a " + row.getClass().getSimpleName());
      }
      if (row.asOf().isAfter(now)) {
        return Optional.of("the answer holds a record of the future, public at " + row.asOf());
      }
      if (!query.accepts(query.type().cast(row))) {
        return Optional.of("the answer holds a record outside the query: at " + row.eventTime()
            + ", public at " + row.asOf() + ", known at " + query.knownAt());
      }
      if (row.eventTime().isBefore(before)) {
        return Optional.of("the records are not sorted: " + row.eventTime() + " follows " + before);
      }
      before = row.eventTime();
    }
    return Optional.empty();
  }
}
