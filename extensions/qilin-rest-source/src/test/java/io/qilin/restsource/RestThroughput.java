package io.qilin.restsource;

import io.qilin.api.market.Symbol;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.RecordQuery;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * How many rows a second are read from TuShare's JSON over loopback, on one thread, from the request to the panel or the
 * records: 20 answers of 6,000 rows. On a machine that others use, the CPU of the thread says more than the time. Run main with the test class path; the last figures stand in the README.
 */
final class RestThroughput {
  private static final int SHARES = 20;
  private static final int ROWS = 6_000;
  private static final int ROUNDS = 5;
  private static final Instant NOW = Instant.parse("2050-01-01T00:00:00Z");

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private RestThroughput() {}

  public static void main(String[] args) {
    Set<Symbol> shares = new TreeSet<>();
    for (int i = 0; i < SHARES; i++) {
      shares.add(Symbol.parse(String.format(Locale.ROOT, "600%03d.SH", i)));
    }
    measure(
        "daily bars",
        "daily",
        shares,
        "7.01,7.21,6.95,7.1,7.05,321565.57,228312.5",
        source -> source.bars(BarQuery.ALL).rowsRead());
    measure(
        "money flows",
        "moneyflow",
        shares,
        "100.5,100,200,210,300,310,400.25,390.75",
        source ->
            source.records(RecordQuery.of(MoneyFlowDaily.class, NOW)).rows().size());
  }

  private static void measure(
      String what, String api, Set<Symbol> shares, String cells, ToLongFunction<RestSource> read) {
    RestEndpoint preset = RestPresets.tushare().endpoints().stream()
        .filter(endpoint -> endpoint.fetch().name().equals(api))
        .findFirst()
        .orElseThrow();
    try (RestDouble service = new RestDouble(asked -> RestDouble.Answer.of(""))) {
      RestFetch fetch = RestFetch.builder(api)
          .path("/x")
          .param("s", "${symbol}")
          .symbolsPerRequest(1)
          .build();
      RestEndpoint.Builder endpoint = RestEndpoint.builder(preset.kind(), fetch);
      preset.columns().forEach((name, column) -> {
        if (!name.equals("factor")) {
          endpoint.column(name, column);
        }
      });
      preset.published().forEach(endpoint::published);
      RestSpec spec = RestSpec.builder("speed", service.address())
          .format(new AnswerFormat(
              false, StandardCharsets.UTF_8, "/data/items", Optional.of("/data/fields"), ','))
          .endpoint(endpoint.build())
          .build();
      String fields = preset.fetch().constants().get("fields").replace(",", "\",\"");
      int[] bytes = {0};
      service.answers(asked -> {
        String text = answer(asked.query().substring(2), fields, cells);
        bytes[0] = text.length();
        return RestDouble.Answer.of(text);
      });
      try (RestSource source = RestSource.builder(
              spec, Clock.fixed(NOW, ZoneOffset.UTC), System::nanoTime)
          .symbols(shares)
          .open()) {
        for (int round = 0; round < ROUNDS; round++) {
          long begun = System.nanoTime();
          long busy = THREADS.getCurrentThreadCpuTime();
          long rows = read.applyAsLong(source);
          double seconds = (System.nanoTime() - begun) / 1e9;
          double cpu = (THREADS.getCurrentThreadCpuTime() - busy) / 1e9;
          System.out.printf(
              Locale.ROOT,
              "%s: %d rows, %.1f MB in %.2f s, %.0f rows/s; %.0f rows in a second of the thread's CPU%n",
              what,
              rows,
              (double) bytes[0] * SHARES / 1e6,
              seconds,
              rows / seconds,
              rows / cpu);
        }
      }
    }
  }

  private static String answer(String code, String fields, String cells) {
    StringBuilder text = new StringBuilder("{\"code\":0,\"msg\":\"\",\"data\":{\"fields\":[\"")
        .append(fields)
        .append("\"],\"items\":[");
    for (String day : DAYS) {
      text.append(text.charAt(text.length() - 1) == '[' ? "" : ",")
          .append("[\"")
          .append(code)
          .append("\",\"")
          .append(day)
          .append("\",")
          .append(cells)
          .append(']');
    }
    return text.append("]}}").toString();
  }

  private static final List<String> DAYS = days();

  private static List<String> days() {
    List<String> days = new ArrayList<>();
    for (LocalDate day = LocalDate.of(2000, 1, 3); days.size() < ROWS; day = day.plusDays(1)) {
      if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
        days.add(day.format(DateTimeFormatter.BASIC_ISO_DATE));
      }
    }
    return List.copyOf(days);
  }
}
