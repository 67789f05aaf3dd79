package io.qilin.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.MarketDataSource;
import io.qilin.testkit.FaultySource;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceSpansTest {
  private final Telemetry host = new Telemetry();
  private final QilinTelemetry telemetry = QilinTelemetry.of(host.sdk(), () -> 0);

  @AfterEach
  void close() {
    host.close();
  }

  private static MarketDataSource of(Bars bars) {
    return new MarketDataSource() {
      @Override
      public Bars bars(BarQuery query) {
        return bars;
      }

      @Override
      public Map<Symbol, SecurityTimeline> securities() {
        return Desks.MARKET.securities();
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void whenBarsAreRead_thenTheSpanSaysWhatCame() {
    Bars bars = Desks.MARKET.bars();
    assertThat(telemetry.trace("demo", of(bars)).bars(BarQuery.ALL)).isSameAs(bars);
    SpanData span = host.span("qilin.source.bars");
    assertThat(Telemetry.text(span, "qilin.source")).isEqualTo("demo");
    assertThat(Telemetry.text(span, "qilin.data.kind")).isEqualTo("DAILY_BARS");
    assertThat(Telemetry.number(span, "qilin.rows")).isEqualTo(bars.rowsRead());
    assertThat(Telemetry.text(span, "qilin.degraded")).isNull();
  }

  @Test
  void whenACopyAnswers_thenTheSpanIsMarked() {
    Bars good = Desks.MARKET.bars();
    Bars copy = new Bars(
        good.panel(), good.provenance().asCopyOf(Instant.EPOCH), good.rowsRead(), good.findings());
    telemetry.trace("cache", of(copy)).bars(BarQuery.ALL);
    assertThat(Telemetry.text(host.span("qilin.source.bars"), "qilin.degraded")).isEqualTo("data");
  }

  @Test
  @SuppressWarnings("NullAway") // a source may break its word
  void whenASourceMisbehaves_thenTheCallerSeesWhatItWouldWithoutSpans() {
    FaultySource faulty = new FaultySource(of(Desks.MARKET.bars()))
        .script(FaultySource.Fault.FAIL, FaultySource.Fault.CRASH, FaultySource.Fault.NULL);
    MarketDataSource source = telemetry.trace("faulty", faulty);
    assertThatThrownBy(() -> source.bars(BarQuery.ALL)).isInstanceOf(QilinException.class);
    assertThatThrownBy(source::securities)
        .isInstanceOf(java.util.ConcurrentModificationException.class);
    assertThat(source.bars(BarQuery.ALL)).isNull();
    assertThat(host.spans())
        .extracting(span -> Telemetry.text(span, "error.type"))
        .containsExactly("QILIN-2000", "java.util.ConcurrentModificationException", null);
    assertThat(host.spans().get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    source.close();
    assertThat(faulty.closed()).isTrue();
  }
}
