package io.qilin.restsource;

import static io.qilin.restsource.Services.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
  private final List<String> rows = new ArrayList<>();
  private final RestDouble service = new RestDouble(this::slice);

  PagingTest() {
    for (int i = 0; i < 25; i++) {
      rows.add(row("600519.SH", LocalDate.of(2024, 1, 2).plusDays(i).toString(), 100 + i));
    }
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static int param(RestDouble.Asked asked, String name) {
    for (String pair : asked.query().split("&")) {
      if (pair.startsWith(name + "=")) {
        return Integer.parseInt(pair.substring(name.length() + 1));
      }
    }
    throw new AssertionError(name + " is missing in " + asked.query());
  }

  private RestDouble.Answer slice(RestDouble.Asked asked) {
    int from = Math.min(rows.size(), param(asked, "offset"));
    return RestDouble.Answer.of("["
        + String.join(",", rows.subList(from, Math.min(rows.size(), from + param(asked, "limit"))))
        + "]");
  }

  private Bars read(Paging paging, UnaryOperator<RestFetch.Builder> change) {
    RestFetch fetch = change
        .apply(RestFetch.builder("bars")
            .path("/bars")
            .param("offset", "${offset}")
            .param("limit", "${limit}")
            .param("page", "${page}")
            .param("cursor", "${cursor}")
            .param("from", "${from}")
            .param("to", "${to}")
            .paging(paging))
        .build();
    try (RestSource source = Services.open(Services.spec(service, fetch).build(), new FakeTime())) {
      return source.bars(BarQuery.ALL);
    }
  }

  private Bars read(Paging paging) {
    return read(paging, UnaryOperator.identity());
  }

  @Test
  void whenPagesOverlap_thenAllRowsAreReadOnce() {
    Bars bars = read(Paging.offset(10));
    assertThat(bars.rowsRead()).isEqualTo(25);
    assertThat(bars.findings()).isEmpty();
    assertThat(service.asked())
        .extracting(asked -> param(asked, "offset"))
        .containsExactly(0, 9, 18);
  }

  @Test
  void whenTheLastPageIsFull_thenOneMoreIsAskedFor() {
    rows.subList(20, 25).clear();
    assertThat(read(new Paging(
                Paging.Kind.OFFSET, 10, 1, false, false, Optional.empty(), Optional.empty()))
            .rowsRead())
        .isEqualTo(20);
    assertThat(service.asked()).hasSize(3);
  }

  @Test
  void whenARowIsInsertedWhileItIsRead_thenAllIsReadAnew() {
    AtomicInteger calls = new AtomicInteger();
    service.answers(asked -> {
      if (calls.incrementAndGet() == 2) {
        rows.add(0, row("600519.SH", "20240101", 99));
      }
      return slice(asked);
    });
    assertThat(read(Paging.offset(10)).rowsRead()).isEqualTo(26);
  }

  @Test
  void whenARowIsDeletedWhileItIsRead_thenAllIsReadAnewAndNoneIsLost() {
    AtomicInteger calls = new AtomicInteger();
    service.answers(asked -> {
      if (calls.incrementAndGet() == 2) {
        rows.remove(3);
      }
      return slice(asked);
    });
    assertThat(read(Paging.offset(10)).rowsRead()).isEqualTo(24);
  }

  @Test
  void whenRowsNeverStandStill_thenItIsAConflict() {
    service.answers(asked -> {
      rows.add(0, row("600519.SH", "20240101", rows.size()));
      return slice(asked);
    });
    QilinException thrown =
        catchThrowableOfType(QilinException.class, () -> read(Paging.offset(10)));
    assertThat(thrown.code()).isEqualTo(ErrorCode.DATA_CONFLICT);
  }

  @Test
  void whenAPageIsShortButTheAnswerSaysThereIsMore_thenItGoesOn() {
    service.answers(asked -> {
      int from = Math.min(rows.size(), param(asked, "offset"));
      int to = Math.min(rows.size(), from + Math.min(4, param(asked, "limit")));
      return RestDouble.Answer.of("{\"rows\":[" + String.join(",", rows.subList(from, to))
          + "],\"more\":" + (to < rows.size()) + "}");
    });
    RestFetch fetch = RestFetch.builder("bars")
        .path("/bars")
        .param("offset", "${offset}")
        .param("limit", "${limit}")
        .format(new AnswerFormat(false, StandardCharsets.UTF_8, "/rows", Optional.empty(), ','))
        .paging(new Paging(
            Paging.Kind.OFFSET, 10, 1, true, false, Optional.of("/more"), Optional.empty()))
        .build();
    try (RestSource source = Services.open(Services.spec(service, fetch).build(), new FakeTime())) {
      assertThat(source.bars(BarQuery.ALL).rowsRead()).isEqualTo(25);
    }
  }

  @Test
  void whenPagesHaveNumbers_thenRowsThatComeTwiceAreMergedAndTold() {
    service.answers(asked -> {
      int page = param(asked, "page");
      int from = Math.min(rows.size(), page == 0 ? 0 : page * 10 - 1);
      return RestDouble.Answer.of("["
          + String.join(",", rows.subList(from, Math.min(rows.size(), from + 10))) + "]");
    });
    Bars bars = read(Paging.page(10, 0));
    assertThat(bars.panel().days()).hasSize(25);
    assertThat(bars.findings()).extracting(f -> f.rule()).contains("duplicate-row");
  }

  @Test
  void whenThereIsAToken_thenPagesAreFollowedByIt() {
    service.answers(asked -> RestDouble.Answer.of(
        asked.query().contains("cursor=a%26b%3Dc")
            ? "{\"rows\":[" + rows.get(1) + "],\"next\":null}"
            : "{\"rows\":[" + rows.get(0) + "],\"next\":\"a&b=c\"}"));
    RestFetch fetch = RestFetch.builder("bars")
        .path("/bars")
        .param("cursor", "${cursor}")
        .format(new AnswerFormat(false, StandardCharsets.UTF_8, "/rows", Optional.empty(), ','))
        .paging(new Paging(
            Paging.Kind.CURSOR, 1, 1, false, false, Optional.empty(), Optional.of("/next")))
        .build();
    try (RestSource source = Services.open(Services.spec(service, fetch).build(), new FakeTime())) {
      assertThat(source.bars(BarQuery.ALL).rowsRead()).isEqualTo(2);
    }
    assertThat(service.asked().get(0).query()).doesNotContain("cursor");
  }

  @Test
  void whenTheTokenStays_thenItIsNoEndlessLoop() {
    service.answers(
        asked -> RestDouble.Answer.of("{\"rows\":[" + rows.get(0) + "],\"next\":\"a\"}"));
    RestFetch fetch = RestFetch.builder("bars")
        .path("/bars")
        .param("cursor", "${cursor}")
        .format(new AnswerFormat(false, StandardCharsets.UTF_8, "/rows", Optional.empty(), ','))
        .paging(new Paging(
            Paging.Kind.CURSOR, 1, 1, false, false, Optional.empty(), Optional.of("/next")))
        .build();
    try (RestSource source = Services.open(Services.spec(service, fetch).build(), new FakeTime())) {
      assertThat(Services.failure(source).code()).isEqualTo(ErrorCode.DATA_FORMAT);
    }
  }

  @Test
  void whenPagesNeverEnd_thenTheRequestsDo() {
    service.answers(asked -> RestDouble.Answer.of("[" + rows.get(0) + "]"));
    RestFetch fetch = RestFetch.builder("bars")
        .path("/bars")
        .param("page", "${page}")
        .paging(Paging.page(1, 1))
        .build();
    RestSpec spec = Services.spec(service, fetch)
        .limits(RestLimits.DEFAULT.withRequests(20))
        .build();
    try (RestSource source = Services.open(spec, new FakeTime())) {
      assertThat(Services.failure(source).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
      assertThat(service.asked()).hasSize(20);
    }
  }

  @Test
  void whenAskedInSpansOfDays_thenTheyCoverTheQueryOnce() {
    service.answers(asked -> RestDouble.Answer.of("[]"));
    RestFetch fetch = RestFetch.builder("bars")
        .path("/bars")
        .param("from", "${from}")
        .param("to", "${to}")
        .daysPerRequest(10)
        .build();
    try (RestSource source = Services.open(Services.spec(service, fetch).build(), new FakeTime())) {
      BarQuery query = BarQuery.ALL.between(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 1, 25));
      assertThat(catchThrowableOfType(QilinException.class, () -> source.bars(query))
              .code())
          .isEqualTo(ErrorCode.DATA_NOT_FOUND);
      assertThat(Services.failure(source).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }
    assertThat(service.asked())
        .extracting(RestDouble.Asked::query)
        .containsExactly(
            "from=20240101&to=20240110", "from=20240111&to=20240120", "from=20240121&to=20240125");
  }

  @Test
  void whenInstrumentsAreMany_thenTheyAreAskedForInGroupsAndNoneThatTheServiceCannotHave() {
    service.answers(asked -> RestDouble.Answer.of("[]"));
    RestFetch fetch = RestFetch.builder("bars")
        .path("/bars")
        .param("codes", "${symbols}")
        .symbolsPerRequest(2)
        .build();
    RestSpec spec = Services.spec(service, fetch).symbols(SymbolForm.PREFIX).build();
    try (RestSource source = Services.open(spec, new FakeTime())) {
      BarQuery query = BarQuery.ALL.withSymbols(Set.of(
          Symbol.parse("600519.SH"),
          Symbol.parse("000001.SZ"),
          Symbol.parse("920002.BJ"),
          Symbol.other("MSFT")));
      assertThat(catchThrowableOfType(QilinException.class, () -> source.bars(query))
              .code())
          .isEqualTo(ErrorCode.DATA_NOT_FOUND);
    }
    assertThat(service.asked())
        .extracting(RestDouble.Asked::query)
        .containsExactly("codes=sz000001%2Csh600519", "codes=bj920002");
  }

  @Test
  void whenThereIsARate_thenRequestsAreSpreadByTheTicker() {
    RestFetch fetch = RestFetch.builder("bars")
        .path("/bars")
        .param("offset", "${offset}")
        .param("limit", "${limit}")
        .paging(Paging.offset(10))
        .rate(new RestRate(1, Duration.ofSeconds(2)))
        .build();
    FakeTime time = new FakeTime();
    try (RestSource source = Services.open(Services.spec(service, fetch).build(), time)) {
      source.bars(BarQuery.ALL);
      assertThat(time.waits()).containsExactly(2000L, 2000L);
    }
  }

  @Test
  void whenTheRateGoesBeyondTheDeadline_thenNothingIsWaitedFor() {
    RestFetch fetch = RestFetch.builder("bars")
        .path("/bars")
        .param("offset", "${offset}")
        .param("limit", "${limit}")
        .paging(Paging.offset(10))
        .build();
    RestSpec spec = Services.spec(service, fetch)
        .rate(new RestRate(1, Duration.ofMinutes(5)))
        .build();
    FakeTime time = new FakeTime();
    try (RestSource source = Services.open(spec, time)) {
      assertThat(Services.failure(source).code()).isEqualTo(ErrorCode.RATE_LIMITED);
      assertThat(time.waits()).isEmpty();
      assertThat(service.asked()).hasSize(1);
    }
  }

  /** A service whose answers have rows, a flag and a token beside them. */
  private Bars readObjects(Paging paging, Function<RestDouble.Asked, String> answers) {
    service.answers(asked -> RestDouble.Answer.of(answers.apply(asked)));
    return read(
        paging,
        fetch -> fetch.format(
            new AnswerFormat(false, StandardCharsets.UTF_8, "/rows", Optional.empty(), ',')));
  }

  @Test
  void whenAPageByTokenIsEmpty_thenTheNextIsStillAskedFor() {
    Paging byToken =
        new Paging(Paging.Kind.CURSOR, 1, 1, false, false, Optional.empty(), Optional.of("/next"));
    assertThat(readObjects(
                byToken,
                asked -> asked.query().contains("cursor=a")
                    ? "{\"rows\":[" + rows.get(0) + "]}"
                    : "{\"rows\":[],\"next\":\"a\"}")
            .rowsRead())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "1", "\"perhaps\""})
  void whenAnAnswerSaysThereIsMoreButGivesNothing_thenItIsNoEnd(String more) {
    Paging told =
        new Paging(Paging.Kind.OFFSET, 10, 1, true, false, Optional.of("/more"), Optional.empty());
    QilinException thrown = catchThrowableOfType(
        QilinException.class,
        () -> readObjects(told, asked -> "{\"rows\":[" + rows.get(0) + "],\"more\":" + more + "}"));
    assertThat(thrown.code()).isEqualTo(ErrorCode.DATA_FORMAT);
    assertThat(thrown).hasMessageContaining("there is more");
  }

  @Test
  void whenPagesThatAreNotByOffsetShouldOverlap_thenThatIsRefused() {
    assertThat(catchThrowableOfType(
                QilinException.class,
                () -> new Paging(
                    Paging.Kind.PAGE, 10, 1, true, false, Optional.empty(), Optional.empty()))
            .code())
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void whenTheSourceIsClosedBetweenPages_thenTheQueryEnds() {
    AtomicReference<RestSource> open = new AtomicReference<>();
    service.answers(asked -> {
      open.get().close();
      return slice(asked);
    });
    RestFetch fetch = RestFetch.builder("bars")
        .path("/bars")
        .param("offset", "${offset}")
        .param("limit", "${limit}")
        .paging(Paging.offset(10))
        .build();
    open.set(Services.open(Services.spec(service, fetch).build(), new FakeTime()));
    assertThat(Services.failure(open.get()).code()).isEqualTo(ErrorCode.CANCELLED);
    assertThat(service.asked()).hasSize(1);
  }
}
