package io.qilin.ops.error;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.security.SecureRandom;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class ErrorReportsTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(ErrorReports.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final ErrorReports reports = ErrorReports.of(new SecureRandom());

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
    logger.setLevel(Level.TRACE);
  }

  @AfterEach
  void deafen() {
    logger.detachAppender(log);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  private String line() {
    assertThat(log.list).hasSize(1);
    return log.list.get(0).getFormattedMessage();
  }

  @Test
  void whenAFailureIsReported_thenTheStrangerGetsASentenceAndTheLogTheRest() {
    QilinException failure = new QilinException(
        ErrorCode.DATA_FORMAT, "bars.csv line 7", new IOException("disk sector 99"));
    PublicError told = reports.report(failure);
    assertThat(told.code()).isEqualTo(ErrorCode.DATA_FORMAT);
    assertThat(told.correlationId()).matches("[0-9a-f]{32}");
    assertThat(told.toString())
        .isEqualTo(
            "QILIN-2003 The data could not be had. (reference " + told.correlationId() + ")");
    assertThat(line())
        .startsWith("[" + told.correlationId() + "] DATA_FORMAT ")
        .contains("bars.csv line 7", "<- java.io.IOException: disk sector 99", " at io.qilin.ops");
    assertThat(log.list.get(0).getThrowableProxy()).as("no stack of many lines").isNull();
  }

  @Test
  void whenTwoFailuresAreReported_thenTheirIdsDiffer() {
    assertThat(reports.report(new IOException()).correlationId())
        .isNotEqualTo(reports.report(new IOException()).correlationId());
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void whateverTheCode_thenNoWordOfTheFailureIsTold(ErrorCode code) {
    PublicError told = reports.report(new QilinException(code, "canary-4711"));
    assertThat(told.toString()).doesNotContain("canary");
    assertThat(told.message()).matches("[A-Z][^\n]{5,60}\\.");
    if (code.number() / 1000 == 6) {
      assertThat(told.code())
          .isIn(
              ErrorCode.AUTHENTICATION,
              ErrorCode.AUTHORIZATION,
              ErrorCode.RATE_LIMITED,
              ErrorCode.STEP_UP_REQUIRED);
    } else {
      assertThat(told.code()).isEqualTo(code);
    }
    assertThat(log.list.get(0).getLevel())
        .isEqualTo(code.severity() == ErrorCode.Severity.WARNING ? Level.WARN : Level.ERROR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://me:canary-4711@host/db",
        "password=canary-4711 and more",
        "{\"token\": \"canary-4711\"}",
        "Authorization: Bearer canary-4711",
        "sent 'basic Y2FuYXJ5LTQ3MTEcanary-4711' to it",
        "api_key: 'canary-4711'",
        "secretKey=canary-4711",
        "aws_secret_access_key = canary-4711",
        "passphrase: \"two words, canary-4711\"",
        "Authorization: Token canary-4711",
        "Cookie: session=canary-4711",
        "jdbc:x://me:p@canary-4711@host/db",
        "SECRET = canary-4711"
      })
  void whenAMessageHoldsASecret_thenTheLineDoesNot(String message) {
    reports.report(new IOException("outer", new IOException(message)));
    assertThat(line()).contains("***").doesNotContain("canary-4711");
  }

  @Test
  void whenAPasswordInAnAddressIsLong_thenItIsHiddenToo() {
    reports.report(new IOException("https://oauth2:" + "x".repeat(400) + "canary-4711@host/"));
    assertThat(line()).contains("https://***@host/").doesNotContain("canary-4711");
  }

  @Test
  void whenTokensAreCounted_thenTheirNumberIsShown() {
    reports.report(new IOException("max_tokens=512, tokens: 600"));
    assertThat(line()).contains("max_tokens=512, tokens: 600");
  }

  @Test
  void whenAMessageHoldsLines_thenTheLogHasOne() {
    for (String text : List.of("a\nb", "a\r\nINFO forged", "a\u2028b", "a\u001b[31mb", "\ud800")) {
      log.list.clear();
      reports.report(new IOException(text));
      assertThat(line())
          .matches(text2 -> text2.codePoints().noneMatch(Character::isISOControl))
          .doesNotContain("\u2028", "\ud800");
    }
  }

  @Test
  void whenTheMessageIsLong_thenItIsCut() {
    reports.report(new IOException("x".repeat(999) + "\ud83d\ude00" + "y".repeat(100_000)));
    assertThat(line().length()).isLessThan(1_300);
  }

  @Test
  void whenTheCausesGoInACircle_thenTheLineEnds() {
    IOException one = new IOException("one");
    IOException two = new IOException("two", one);
    one.initCause(two);
    assertThat(reports.report(one).code()).isEqualTo(ErrorCode.IO);
    assertThat(line()).contains("one", "two");
  }

  @Test
  void whenAnExceptionThrowsWhenAsked_thenItIsStillReported() {
    reports.report(new ConcurrentModificationException() {
      private static final long serialVersionUID = 1L;

      @Override
      public String getMessage() {
        throw new QilinException(ErrorCode.SYSTEM, "planted");
      }
    });
    assertThat(line()).contains("cannot be had");
  }

  @Test
  void whenTheHostMasksMore_thenThatIsHiddenToo() {
    reports
        .withMasking(line -> line.replace("13800138000", "*"))
        .report(new IOException("13800138000"));
    assertThat(line()).doesNotContain("13800138000");
  }

  @Test
  void whenTheMaskingFails_thenNothingOfTheFailureIsLogged() {
    PublicError told = reports
        .withMasking(line -> {
          throw new QilinException(ErrorCode.SYSTEM, "planted");
        })
        .report(new IOException("canary-4711"));
    assertThat(line()).contains(told.correlationId(), "not shown").doesNotContain("canary");
  }

  static Stream<Arguments> foreign() {
    return Stream.of(
        Arguments.of(new ConcurrentModificationException(), ErrorCode.UNKNOWN),
        Arguments.of(new StackOverflowError(), ErrorCode.UNKNOWN),
        Arguments.of(new OutOfMemoryError(), ErrorCode.RESOURCE_EXHAUSTED),
        Arguments.of(new RejectedExecutionException(), ErrorCode.RESOURCE_EXHAUSTED),
        Arguments.of(new TimeoutException(), ErrorCode.TIMEOUT),
        Arguments.of(new SocketTimeoutException(), ErrorCode.TIMEOUT),
        Arguments.of(new ConnectException(), ErrorCode.NETWORK),
        Arguments.of(new IOException(), ErrorCode.IO),
        Arguments.of(new InterruptedException(), ErrorCode.CANCELLED),
        Arguments.of(new ClosedByInterruptException(), ErrorCode.CANCELLED),
        Arguments.of(new UncheckedIOException(new SocketTimeoutException()), ErrorCode.TIMEOUT),
        Arguments.of(new UncheckedIOException(new IOException()), ErrorCode.IO),
        Arguments.of(new CompletionException(new IOException()), ErrorCode.IO),
        Arguments.of(new CompletionException("bare", null), ErrorCode.UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void whenItIsNoneOfQilins_thenTheTypeSaysWhatItIs(Throwable thrown, ErrorCode code) {
    assertThat(ForeignError.codeOf(thrown)).isEqualTo(code);
    QilinException typed = ForeignError.typed(thrown, "the call", ErrorCode.UNKNOWN);
    assertThat(typed.code()).isEqualTo(code);
    assertThat(reports.report(thrown).code()).isEqualTo(code);
  }

  /** The member {@code s} of a line. */
  private static String text(String json) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
      while (parser.nextToken() != null) {
        if ("s".equals(parser.currentName()) && parser.currentToken() == JsonToken.VALUE_STRING) {
          return parser.getString();
        }
      }
    }
    return "";
  }

  @ParameterizedTest
  @ValueSource(strings = {"log-injection", "naughty-strings"})
  void whenTextsAreHostile_thenEveryLineIsOneLine(String corpus) {
    for (String json : SharedFiles.lines(SharedFiles.corpus(corpus + "/cases.jsonl"))) {
      log.list.clear();
      PublicError told = reports.report(new IOException(text(json)));
      assertThat(told.message()).isEqualTo("Something went wrong.");
      assertThat(line().codePoints().noneMatch(ErrorReportsTest::breaksALine))
          .as(json)
          .isTrue();
    }
  }

  private static boolean breaksALine(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
