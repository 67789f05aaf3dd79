package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Snapshots of a stream: whole or refused. */
class StreamSnapshotTest {
  private static final List<Symbol> SYMBOLS =
      List.of(Symbol.parse("600000.SH"), Symbol.parse("000001.SZ"));
  private static final FactorSet SET = FactorSet.of(
      "s",
      new Factor("std", "Std($close,3)"),
      new Factor("ema", "EMA($close,4)"),
      new Factor("rank", "CSRank($close)"),
      new Factor("all", "Max($close,0)"),
      new Factor("median", "Med($close,5)"),
      new Factor("all medians", "Med($close,0)"),
      new Factor("all deviations", "Mad($close,0)"));

  private final FactorPlan plan = FactorEngine.DEFAULT.plan(SET);
  private final byte[] snapshot = pushed(7).snapshot();

  @Test
  void whenRestored_thenEverythingIsAsItWasAndGoesOn() {
    FactorStream stream = pushed(7);
    stream.list(Symbol.parse("000002.SZ"));
    stream.delist(SYMBOLS.get(0));

    FactorStream restored = plan.restore(stream.snapshot());

    assertThat(restored.symbols()).isEqualTo(stream.symbols());
    assertThat(restored.rows()).isEqualTo(7);
    for (int day = 7; day < 15; day++) {
      push(stream, day);
      push(restored, day);
      for (int factor = 0; factor < plan.names().size(); factor++) {
        assertThat(values(restored, factor)).isEqualTo(values(stream, factor));
      }
    }
    assertThat(values(restored, 0)[0]).isNaN();
    assertThat(values(restored, 0)[2]).isPositive();
  }

  /** A chunk has room for 8: the ninth opens another, which has seen nothing when the snapshot is taken. */
  @Test
  void whenInstrumentsAreListedAfterARestore_thenTheirValuesAreThoseOfAPanel() {
    List<LocalDate> days = Panels.weekdays(Panels.FIRST_DAY, 40);
    SplittableRandom random = new SplittableRandom(4);
    Panel.Builder builder = Panel.builder(days, Adjustment.RAW);
    for (int i = 0; i < 18; i++) {
      int first = i < 6 ? 0 : 4 + i;
      double[] close = random.doubles(days.size() - first, 10, 11).toArray();
      builder.column(Symbol.parse((600000 + i) + ".SH"), Field.CLOSE, first, close);
    }
    Panel panel = builder.build();
    FactorPlan windows = FactorEngine.DEFAULT.plan(FactorSet.of(
        "s",
        new Factor("mean", "Mean($close,5)"),
        new Factor("corr", "Corr($close,Ref($close,1),5)"),
        new Factor("kurt", "Kurt($close,9)"),
        new Factor("rank", "CSRank(Slope($close,12))"),
        new Factor("quantile", "Quantile($close,5,0.3)")));
    FactorTable expected = windows.compute(panel);
    for (int restoredOn = 1; restoredOn < 30; restoredOn++) {
      for (boolean listedBefore : new boolean[] {true, false}) {
        FactorStream stream = windows.stream(panel.symbols().subList(0, 6));
        for (int day = 0; day < days.size(); day++) {
          if (day == restoredOn && !listedBefore) {
            stream = windows.restore(stream.snapshot());
          }
          for (int i = 6; i < 18; i++) {
            if (panel.firstRow(i) == day) {
              stream.list(panel.symbols().get(i));
            }
          }
          if (day == restoredOn && listedBefore) {
            stream = windows.restore(stream.snapshot());
            assertThat(values(stream, 0)).containsOnly(Double.NaN);
          }
          CrossSection row = stream.newRow();
          for (int i = 0; i < row.size(); i++) {
            row.set(Field.CLOSE, i, panel.value(Field.CLOSE, i, day));
          }
          stream.push(row);
          for (int factor = 0; factor < windows.names().size(); factor++) {
            for (int i = 0; i < row.size(); i++) {
              assertThat(Double.doubleToLongBits(stream.value(factor, i)))
                  .as("restored on %s, %s of %s on %s", restoredOn, factor, i, day)
                  .isEqualTo(Double.doubleToLongBits(expected.value(factor, i, day)));
            }
          }
        }
      }
    }
  }

  /** Whoever can write a checksum must not be able to fill the heap. */
  @Test
  void whenANumberIsHugeAndTheChecksumFits_thenRefusedOrHarmless() {
    for (int number : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1 << 20}) {
      for (int at = 12; at + 4 <= snapshot.length; at++) {
        byte[] forged = snapshot.clone();
        ByteBuffer.wrap(forged).putInt(at, number);
        try {
          assertThat(plan.restore(signed(forged)).symbols()).hasSize(2);
        } catch (QilinException e) {
          assertThat(e.code()).isIn(ErrorCode.DATA_FORMAT, ErrorCode.RECORD_MISMATCH);
        }
      }
    }
  }

  private static byte[] signed(byte[] forged) {
    CRC32C sum = new CRC32C();
    sum.update(forged, 12, forged.length - 12);
    ByteBuffer.wrap(forged).putLong(4, sum.getValue());
    return forged;
  }

  @Test
  void whenANameIsAnnounced_thenItsListingAfterARestoreCounts() {
    FactorPlan named = FactorEngine.DEFAULT.plan(
        FactorSet.of("s", new Factor("other", "Sum(ChangeInstrument('SZ000002',$close),2)")));
    Symbol late = Symbol.parse("000002.SZ");
    FactorStream stream =
        FactorStream.builder(named, SYMBOLS).later(Set.of(late)).build();
    push(stream, 0);
    FactorStream restored = named.restore(stream.snapshot());

    for (FactorStream each : List.of(stream, restored)) {
      each.list(late);
      each.push(each.newRow().set(Field.CLOSE, 2, 7));
      each.push(each.newRow().set(Field.CLOSE, 2, 8));
      assertThat(values(each, 0)).containsExactly(15, 15, 15);
    }
  }

  @Test
  void whenFieldsAreFewer_thenARestoredStreamReadsNoMore() {
    FactorPlan lenient = FactorEngine.builder()
        .missing(MissingData.NAN)
        .build()
        .plan(FactorSet.of("s", new Factor("n", "Count($missing,5)"), new Factor("c", "$close")));
    FactorStream stream =
        FactorStream.builder(lenient, SYMBOLS).fields(Set.of(Field.CLOSE)).build();
    FactorStream restored = lenient.restore(stream.snapshot());

    for (FactorStream each : List.of(stream, restored)) {
      push(each, 0);
      assertThat(each.fields()).containsExactly(Field.CLOSE);
      assertThat(values(each, 0)).containsOnly(Double.NaN);
    }
  }

  @Test
  void whenNothingWasPushed_thenASnapshotIsWholeToo() {
    FactorStream restored = plan.restore(plan.stream(SYMBOLS).snapshot());

    push(restored, 0);

    assertThat(values(restored, 3)).isEqualTo(values(pushed(1), 3));
  }

  @Test
  void whenAnyByteIsDamaged_thenRefused() {
    for (int at = 0; at < snapshot.length; at++) {
      for (int bit = 0; bit < 8; bit += 7) {
        byte[] damaged = snapshot.clone();
        damaged[at] ^= (byte) (1 << bit);
        assertDamaged(damaged, "byte " + at);
      }
    }
  }

  @Test
  void whenCutAnywhere_thenRefused() {
    for (int length = 0; length < snapshot.length; length++) {
      assertDamaged(Arrays.copyOf(snapshot, length), length + " bytes");
    }
  }

  @Test
  void whenSomethingFollows_thenRefused() {
    for (int more = 1; more < 20; more++) {
      assertDamaged(Arrays.copyOf(snapshot, snapshot.length + more), more + " bytes more");
    }
  }

  @Test
  void whenOfOtherFactorsNamesModeOrMissingData_thenRefusedAsAMismatch() {
    FactorSet others = FactorSet.of("s", new Factor("std", "Std($close,4)"));
    FactorSet renamed = new FactorSet(
        "s",
        SET.factors().stream()
            .map(f -> new Factor(f.name() + "1", f.expression()))
            .toList());
    FactorEngine corrected = FactorEngine.builder().mode(NumericMode.CORRECTED).build();

    assertMismatch(FactorEngine.DEFAULT.plan(others));
    assertMismatch(FactorEngine.DEFAULT.plan(renamed));
    assertMismatch(corrected.plan(SET));
    assertMismatch(FactorEngine.builder().missing(MissingData.NAN).build().plan(SET));
    assertThat(FactorEngine.DEFAULT.plan(SET).restore(snapshot).rows()).isEqualTo(7);
  }

  private void assertMismatch(FactorPlan other) {
    QilinException e = catchThrowableOfType(QilinException.class, () -> other.restore(snapshot));
    assertThat(e.code()).isEqualTo(ErrorCode.RECORD_MISMATCH);
    assertThat(e).hasMessageContaining("restore it with the plan that made it");
  }

  private void assertDamaged(byte[] bytes, String what) {
    QilinException e = catchThrowableOfType(QilinException.class, () -> plan.restore(bytes));
    assertThat(e).as(what).isNotNull();
    assertThat(e.code()).as(what).isEqualTo(ErrorCode.DATA_FORMAT);
    assertThat(e).hasMessageContaining("no whole snapshot");
  }

  private FactorStream pushed(int rows) {
    FactorStream stream = plan.stream(SYMBOLS);
    for (int day = 0; day < rows; day++) {
      push(stream, day);
    }
    return stream;
  }

  private static void push(FactorStream stream, int day) {
    CrossSection row = stream.newRow();
    for (int i = 0; i < row.size(); i++) {
      row.set(Field.CLOSE, i, 10 + Math.sin(3.0 * i + day * day));
    }
    stream.push(row);
  }

  private static double[] values(FactorStream stream, int factor) {
    double[] values = new double[stream.symbols().size()];
    stream.copy(factor, values);
    return values;
  }
}
