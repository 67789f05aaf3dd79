package io.qilin.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.Predictor;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import io.qilin.data.stream.CallbackSink;
import io.qilin.testkit.StreamSinkTck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SinkAndPredictorSpansTest {
  private final Telemetry host = new Telemetry();
  private final QilinTelemetry telemetry = QilinTelemetry.of(host.sdk(), () -> 0);

  @AfterEach
  void close() {
    host.close();
  }

  /** A traced sink keeps the contract of the sink. */
  @Nested
  class Sink extends StreamSinkTck<Integer> {
    private final List<Integer> stored = new ArrayList<>();

    @Override
    protected StreamSink<Integer> open() {
      return telemetry.trace("callback", CallbackSink.of(message -> stored.add(message.payload())));
    }

    @Override
    protected Integer payload(int number) {
      return number;
    }

    @Override
    protected List<Integer> stored() {
      return stored;
    }

    @Override
    protected boolean durable() {
      return false;
    }

    @Test
    void whenFlushed_thenTheSpanCountsWhatCameSinceTheLastFlush() {
      StreamSink<Integer> sink = open();
      for (int id : new int[] {1, 1, 2}) {
        sink.accept(new StreamMessage<>("id-" + id, id, "", Instant.EPOCH, id));
      }
      sink.flush();
      sink.flush();
      assertThat(host.spans())
          .extracting(span -> Telemetry.number(span, "qilin.stream.accepted") + " "
              + Telemetry.number(span, "qilin.stream.repeated"))
          .containsExactly("2 1", "0 0");
    }
  }

  private static Predictor sums(boolean fails) {
    return new Predictor() {
      @Override
      public ModelSignature signature() {
        return new ModelSignature(List.of("a"), ModelSignature.Missing.NO_SCORE);
      }

      @Override
      public void predict(double[] rows, int count, double[] scores) {
        if (fails) {
          throw new QilinException(ErrorCode.MODEL_OUTPUT, "canary");
        }
        System.arraycopy(rows, 0, scores, 0, count);
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void whenAModelPredicts_thenTheSpanSaysHowManyRows() {
    double[] scores = new double[2];
    try (Predictor traced = telemetry.trace("alpha", sums(false))) {
      traced.predict(new double[] {1, 2}, 2, scores);
      assertThat(traced.signature().width()).isEqualTo(1);
    }
    assertThat(scores).containsExactly(1, 2);
    SpanData span = host.span("qilin.model.predict");
    assertThat(Telemetry.text(span, "qilin.model")).isEqualTo("alpha");
    assertThat(Telemetry.number(span, "qilin.rows")).isEqualTo(2);
  }

  @Test
  void whenAModelFails_thenTheSpanSaysSo() {
    try (Predictor traced = telemetry.trace("alpha", sums(true))) {
      assertThatThrownBy(() -> traced.predict(new double[] {1}, 1, new double[1]))
          .isInstanceOf(QilinException.class);
    }
    SpanData span = host.span("qilin.model.predict");
    assertThat(Telemetry.text(span, "error.type")).isEqualTo("QILIN-1102");
    assertThat(span.toString()).doesNotContain("canary");
  }
}
