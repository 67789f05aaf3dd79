package io.qilin.flink;

import io.qilin.api.market.Board;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.Tick;
import io.qilin.data.calendar.AShareCalendar;
import io.qilin.data.stream.JsonTicks;
import io.qilin.data.stream.PipelineBuilder;
import io.qilin.data.stream.StreamPipeline;
import io.qilin.data.stream.StreamSessions;
import io.qilin.data.stream.TickFields;
import io.qilin.data.stream.TickRules;
import java.nio.ByteBuffer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The program of the README. */
final class WindowsExample {
  private WindowsExample() {}

  // region readme
  static PipelineBuilder<ByteBuffer, Tick> describe() {
    return StreamPipeline.<ByteBuffer, Tick>builder(
            new JsonTicks(new Provenance("exchange", "level 1", false)),
            new TickFields(),
            StreamSessions.of(AShareCalendar.load(), Board.SSE_MAIN))
        .rules(TickRules.standard(new TickFields()));
  }

  static void build(StreamExecutionEnvironment environment, String brokers) {
    environment.enableCheckpointing(1_000);
    KafkaIn in = KafkaIn.of(brokers, "market_data", "qilin_trading_system");
    FlinkWindows.Results results =
        FlinkWindows.of(WindowsExample::describe, in.sources(4)).apply(in.messages(environment));
    KafkaOut.of(brokers, "processed_data", "windows").windows(results.windows());
    KafkaOut.of(brokers, "invalid_data", "invalid").deadLetters(results.deadLetters());
  }
  // endregion
}
