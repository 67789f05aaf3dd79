package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Symbol;
import io.qilin.data.calendar.AShareCalendar;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Gets whole tables for one query: all requests that it needs, page by page. Used by one thread. */
final class TableFetcher {
  private static final String PART = "@";
  private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

  private final RestSpec spec;
  private final Client client;
  private final Set<Symbol> universe;
  private final Optional<LocalDate> firstDay;
  private final Deadline deadline;
  private int requests;
  private long rows;

  /**
   * Begins a query.
   *
   * @param universe the instruments that are asked for where the query wants all
   * @param firstDay the first day where the query names none and days are asked for one by one
   */
  TableFetcher(
      RestSpec spec,
      Client client,
      Set<Symbol> universe,
      Optional<LocalDate> firstDay,
      Deadline deadline) {
    this.spec = spec;
    this.client = client;
    this.universe = universe;
    this.firstDay = firstDay;
    this.deadline = deadline;
  }

  /** The first and last day of a group of requests. */
  private record Days(Optional<LocalDate> from, LocalDate to) {
    boolean single() {
      return from.isPresent() && from.get().equals(to);
    }
  }

  /**
   * The table of a fetch.
   *
   * @throws QilinException what requests failed of; INVALID_ARGUMENT if the query must name instruments or a first day;
   *     LIMIT_EXCEEDED; DATA_CONFLICT if rows moved while they were read
   */
  RestTable table(RestFetch fetch, Wanted wanted) throws InterruptedException {
    StackedTables merged = new StackedTables(client.where(fetch));
    for (Days days : days(fetch, wanted)) {
      for (List<Symbol> batch : batches(fetch, wanted)) {
        for (Map<String, String> chosen : combinations(fetch)) {
          merged.add(
              pages(fetch, values(fetch, days, batch, chosen)), parts(days, batch, chosen), 0);
        }
      }
    }
    return merged.table();
  }

  private List<Days> days(RestFetch fetch, Wanted wanted) {
    LocalDate to = fetch.span() == RestFetch.Span.EVENT && wanted.to().isBefore(wanted.known())
        ? wanted.to()
        : wanted.known();
    Optional<LocalDate> from =
        fetch.span() == RestFetch.Span.ALL ? Optional.empty() : wanted.from();
    if (from.isPresent() && from.get().isAfter(to)) {
      return List.of();
    }
    if (fetch.daysPerRequest() == 0) {
      return List.of(new Days(from, to));
    }
    LocalDate first = from.or(() -> firstDay)
        .orElseThrow(
            () -> QilinException.invalid(
                client.where(fetch)
                    + ": this is asked for day by day, so name the first day in the query, or set firstDay"));
    List<Days> all = new ArrayList<>();
    for (LocalDate day = first; !day.isAfter(to); day = day.plusDays(fetch.daysPerRequest())) {
      LocalDate last = day.plusDays(fetch.daysPerRequest() - 1L);
      if (!fetch.tradingDays() || AShareCalendar.load().isTradingDay(day)) {
        all.add(new Days(Optional.of(day), last.isAfter(to) ? to : last));
        limit(all.size());
      }
    }
    return all;
  }

  private List<List<Symbol>> batches(RestFetch fetch, Wanted wanted) {
    if (fetch.symbolsPerRequest() == 0) {
      return List.of(List.of());
    }
    Set<Symbol> asked = wanted.symbols().isEmpty() ? universe : wanted.symbols();
    if (asked.isEmpty()) {
      throw QilinException.invalid(
          client.where(fetch)
              + ": this is asked for by instrument, so name the instruments in the query, or set symbols");
    }
    List<Symbol> known = new TreeSet<>(asked)
        .stream().filter(symbol -> symbol.exchange() != Exchange.OTHER).toList();
    List<List<Symbol>> batches = new ArrayList<>();
    for (int at = 0; at < known.size(); at += fetch.symbolsPerRequest()) {
      batches.add(known.subList(at, Math.min(known.size(), at + fetch.symbolsPerRequest())));
    }
    return batches;
  }

  private static List<Map<String, String>> combinations(RestFetch fetch) {
    List<Map<String, String>> all = List.of(Map.of());
    for (Map.Entry<String, List<String>> entry : fetch.values().entrySet()) {
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> chosen : all) {
        for (String value : entry.getValue()) {
          Map<String, String> one = new LinkedHashMap<>(chosen);
          one.put(entry.getKey(), value);
          more.add(one);
        }
      }
      all = more;
    }
    return all;
  }

  private Map<String, String> values(
      RestFetch fetch, Days days, List<Symbol> batch, Map<String, String> chosen) {
    DateTimeFormatter form = RestColumn.formatter(fetch.datePattern());
    Map<String, String> values = new HashMap<>(fetch.constants());
    values.putAll(chosen);
    days.from().ifPresent(day -> values.put("from", form.format(day.atStartOfDay())));
    if (fetch.span() != RestFetch.Span.ALL) {
      values.put("to", form.format(days.to().atTime(LAST_SECOND)));
    }
    if (days.single()) {
      values.put("day", form.format(days.to().atStartOfDay()));
    }
    if (batch.size() == 1) {
      values.put("symbol", spec.symbols().write(batch.get(0)));
    }
    if (!batch.isEmpty()) {
      values.put(
          "symbols", String.join(",", batch.stream().map(spec.symbols()::write).toList()));
    }
    return values;
  }

  /** What rows do not say of themselves, but the request for them. */
  private static Map<String, String> parts(
      Days days, List<Symbol> batch, Map<String, String> chosen) {
    Map<String, String> parts = new LinkedHashMap<>();
    chosen.forEach((name, value) -> parts.put(PART + name, value));
    if (batch.size() == 1) {
      parts.put(PART + "symbol", batch.get(0).toString());
    }
    if (days.single()) {
      parts.put(PART + "day", days.to().toString());
    }
    return parts;
  }

  private RestTable pages(RestFetch fetch, Map<String, String> values) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Optional<RestTable> whole = whole(fetch, values);
      if (whole.isPresent()) {
        return whole.get();
      }
      if (attempt == spec.retry().attempts()) {
        throw new QilinException(
            ErrorCode.DATA_CONFLICT,
            client.where(fetch)
                + ": rows moved from page to page each time they were read; ask again"
                + " when the service is quiet");
      }
    }
  }

  /** All pages of one request; empty if they do not fit together. */
  private Optional<RestTable> whole(RestFetch fetch, Map<String, String> values)
      throws InterruptedException {
    Paging paging = fetch.paging();
    StackedTables merged = new StackedTables(client.where(fetch));
    Optional<String> cursor = Optional.empty();
    for (int page = 0; ; page++) {
      limit(++requests);
      Client.Page answer =
          client.page(fetch, numbered(paging, values, page, merged, cursor), deadline);
      boolean overlaps = paging.overlap() && page > 0;
      if (overlaps && !merged.continuedBy(answer.table())) {
        return Optional.empty();
      }
      merged.add(answer.table(), Map.of(), overlaps ? 1 : 0);
      count(answer.table().size());
      if (isLast(fetch, answer, overlaps ? 1 : 0)) {
        return Optional.of(merged.table());
      }
      if (answer.cursor().isPresent() && answer.cursor().equals(cursor)) {
        throw new QilinException(
            ErrorCode.DATA_FORMAT,
            client.where(fetch) + ": the token of the next page is that of this page");
      }
      cursor = answer.cursor();
    }
  }

  private static Map<String, String> numbered(
      Paging paging,
      Map<String, String> values,
      int page,
      StackedTables merged,
      Optional<String> cursor) {
    if (paging.kind() == Paging.Kind.NONE) {
      return values;
    }
    Map<String, String> numbered = new HashMap<>(values);
    int overlap = paging.overlap() && page > 0 ? 1 : 0;
    numbered.put("limit", String.valueOf(paging.size()));
    numbered.put("page", String.valueOf(paging.first() + page));
    numbered.put("offset", String.valueOf(merged.rows() - overlap));
    cursor.ifPresent(token -> numbered.put("cursor", token));
    return numbered;
  }

  private boolean isLast(RestFetch fetch, Client.Page answer, int overlap) {
    Paging paging = fetch.paging();
    if (paging.kind() == Paging.Kind.NONE) {
      return true;
    }
    if (paging.kind() == Paging.Kind.CURSOR) {
      return answer.cursor().isEmpty();
    }
    int read = answer.table().size();
    if (read <= overlap) {
      if (answer.more().orElse(false)) {
        throw new QilinException(
            ErrorCode.DATA_FORMAT,
            client.where(fetch) + ": the answer says that there is more, but gives no further row");
      }
      return true;
    }
    return !answer.more().orElse(paging.untilEmpty() || read >= paging.size());
  }

  private void limit(int asked) {
    if (asked > spec.limits().requests()) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          spec.id() + ": the query takes more than " + spec.limits().requests()
              + " requests; ask for a shorter span or fewer instruments, or raise maxRequests");
    }
  }

  private void count(int more) {
    rows += more;
    if (rows > spec.limits().rows()) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          spec.id() + ": the answers have more than " + spec.limits().rows()
              + " rows; ask for a shorter span or fewer instruments, or raise maxRows");
    }
  }
}
