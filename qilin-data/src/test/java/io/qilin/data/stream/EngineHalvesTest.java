package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.record.Tick;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** The two halves that an engine runs are a pipeline, wherever their state is written and read. */
class EngineHalvesTest {
  private static PipelineBuilder<Tick, Tick> described() {
    return StreamPipeline.<Tick, Tick>builder(
            tick -> tick, new TickFields(), StreamSessions.roundTheClock())
        .anomalies(
            List.of(new AnomalyRule("move", AnomalyRule.Measure.LOG_RETURN, 1, 0.0005, 10, 3)));
  }

  private static List<Tick> ticks(long seed) {
    Random random = new Random(seed);
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      ticks.add(Ticks.tick(
          random.nextInt(3),
          Ticks.at("10:00:00").plusMillis(i * 700L + random.nextInt(5000)),
          random.nextInt(10) == 0 ? i - 1 : i,
          (1000 + random.nextInt(100)) / 100.0,
          random.nextInt(50) * 100));
    }
    return ticks;
  }

  /** Takes what an intake makes. */
  private static final class Made implements StreamIntake.Output {
    final List<PanePart> parts = new ArrayList<>();
    final List<DeadLetter> letters = new ArrayList<>();

    @Override
    public void pane(PanePart part) {
      parts.add(part);
    }

    @Override
    public void deadLetter(DeadLetter letter) {
      letters.add(letter);
    }
  }

  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void whenStateIsWrittenAndReadAnywhere_thenTheHalvesAreThePipeline(@ForAll long seed)
      throws IOException {
    List<Tick> ticks = ticks(seed);
    MemorySink<ClosedWindow> windows = new MemorySink<>();
    MemorySink<DeadLetter> dead = new MemorySink<>();
    described()
        .source(new ListSource<>("ticks", ticks))
        .sink(windows)
        .deadLetters(dead)
        .build()
        .run(new Cancellation());

    Random random = new Random(seed);
    Made made = new Made();
    StreamIntake<Tick, Tick> intake = described().intake("ticks", made);
    for (int i = 0; i < ticks.size(); i++) {
      intake.take(i, ticks.get(i));
      if (random.nextInt(20) == 0) {
        StreamIntake<Tick, Tick> next = described().intake("ticks", made);
        next.load(intake.save());
        intake = next;
      }
    }
    intake.end();

    assertThat(told(made.parts, random)).isEqualTo(byInstrument(windows.payloads()));
    assertThat(made.letters).isEqualTo(dead.payloads());
  }

  /** The windows of each instrument, whose state is written and read between two parts now and then. */
  private static Map<Symbol, List<ClosedWindow>> told(List<PanePart> parts, Random random)
      throws IOException {
    Map<Symbol, InstrumentWindows> states = new TreeMap<>();
    Map<Symbol, List<ClosedWindow>> told = new TreeMap<>();
    for (PanePart part : parts) {
      Symbol symbol = part.symbol();
      InstrumentWindows state = states.computeIfAbsent(symbol, s -> described().instrument(s));
      if (random.nextInt(5) == 0) {
        InstrumentWindows next = described().instrument(symbol);
        next.load(state.save());
        states.put(symbol, next);
        state = next;
      }
      assertThat(state.add(sent(part), Long.MIN_VALUE)).isEmpty();
    }
    states.forEach((symbol, state) -> state.advance(
        Long.MAX_VALUE - 1,
        w -> told.computeIfAbsent(symbol, s -> new ArrayList<>()).add(w)));
    return told;
  }

  private static PanePart sent(PanePart part) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new PanePartCodec().write(part, new DataOutputStream(bytes));
    return new PanePartCodec()
        .read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  private static Map<Symbol, List<ClosedWindow>> byInstrument(List<ClosedWindow> windows) {
    Map<Symbol, List<ClosedWindow>> split = new TreeMap<>();
    for (ClosedWindow w : windows) {
      for (WindowAggregate aggregate : w.aggregates()) {
        split
            .computeIfAbsent(aggregate.symbol(), s -> new ArrayList<>())
            .add(new ClosedWindow(
                w.phase(),
                w.sessionStart(),
                w.number(),
                w.start(),
                w.end(),
                w.cut(),
                List.of(aggregate),
                w.anomalies().stream()
                    .filter(a -> a.symbol().equals(aggregate.symbol()))
                    .toList()));
      }
    }
    return split;
  }

  private static PanePart part() {
    Made made = new Made();
    StreamIntake<Tick, Tick> intake = described().intake("ticks", made);
    intake.take(0, Ticks.tick(1, "10:00:01", 1, 10, 100));
    intake.end();
    return made.parts.get(0);
  }

  @Test
  void whenAPartComesAfterItsWindow_thenItIsSetAsideAsAWhole() {
    InstrumentWindows windows = described().instrument(Ticks.symbol(1));
    long later = EpochNanos.of(Ticks.at("10:00:30"));
    Optional<DeadLetter> letter = windows.add(part(), later);
    assertThat(letter).get().extracting(DeadLetter::reason).isEqualTo(DeadLetterReason.LATE);
    assertThat(letter.orElseThrow().payload()).contains("1 records of 600001.SH");
    assertThat(windows.due()).isEqualTo(Long.MAX_VALUE);
    assertThat(windows.add(part(), later - 1)).isEmpty();
  }

  @Test
  void whenAByteOfAStateIsOther_thenItIsRefused() {
    InstrumentWindows windows = described().instrument(Ticks.symbol(1));
    windows.add(part(), Long.MIN_VALUE);
    byte[] saved = windows.save();
    for (int i = 0; i < saved.length; i++) {
      byte[] altered = saved.clone();
      altered[i] ^= 1;
      InstrumentWindows fresh = described().instrument(Ticks.symbol(1));
      assertThatThrownBy(() -> fresh.load(altered))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT));
    }
  }

  @Test
  void whenAStateIsOfAnother_thenItIsRefused() {
    byte[] windows = described().instrument(Ticks.symbol(1)).save();
    byte[] intake = described().intake("ticks", new Made()).save();
    assertThatThrownBy(() -> described().instrument(Ticks.symbol(2)).load(windows))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
    assertThatThrownBy(() -> described().intake("trades", new Made()).load(intake))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
  }
}
