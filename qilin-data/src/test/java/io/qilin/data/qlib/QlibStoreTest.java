package io.qilin.data.qlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.testkit.Panels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QlibStoreTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 2);
  private static final List<LocalDate> DAYS = Panels.weekdays(FIRST, 4);

  @TempDir
  private Path folder;

  private Panel small(Symbol... symbols) {
    Panel.Builder builder = Panel.builder(DAYS, Adjustment.FORWARD);
    for (Symbol symbol : symbols) {
      builder
          .column(symbol, Field.CLOSE, 0, new double[] {10, 11, 12, 13})
          .column(symbol, Field.VOLUME, 0, new double[] {100, 200, Double.NaN, 400})
          .column(symbol, Field.FACTOR, 0, new double[] {0.5, 0.5, 1, 1});
    }
    return builder.build();
  }

  private static Panel read(Path store) {
    return QlibStore.open(store).read(BarQuery.ALL).panel();
  }

  @Test
  void whenWrittenAndReadAgain_thenThePanelIsTheSameInFloats() {
    Panel panel = QlibFiles.floats(Panels.random(7, 30, 11));
    Path store = folder.resolve("s");
    QlibWritten written = QlibStoreWriter.to(store).write(panel);
    assertThat(written.rounded()).isZero();
    assertThat(Panels.difference(panel, read(store))).isEmpty();
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".partial"));
  }

  @Test
  void whenVolumeIsAdjusted_thenPriceTimesVolumeIsMoneyAndSharesComeBack() {
    Symbol symbol = Panels.SYMBOL;
    Path store = folder.resolve("s");
    QlibStoreWriter.to(store).volume(QlibVolume.ADJUSTED).write(small(symbol));
    Panel asWritten = QlibStore.builder(store)
        .volume(QlibVolume.SHARES)
        .build()
        .read(BarQuery.ALL)
        .panel();
    assertThat(asWritten.value(Field.VOLUME, 0, 0)).isEqualTo(200);
    assertThat(Panels.difference(small(symbol), read(store))).isEmpty();
    Panel volumes =
        QlibStore.open(store).read(BarQuery.ALL, Set.of(Field.VOLUME)).panel();
    assertThat(volumes.fields()).containsExactly(Field.VOLUME);
    assertThat(volumes.value(Field.VOLUME, 0, 0)).isEqualTo(100);
  }

  @Test
  void whenTheStoreSaysNothing_thenTheFactorsTellTheAdjustment() throws IOException {
    Path store = folder.resolve("s");
    QlibStoreWriter.to(store).write(small(Panels.SYMBOL));
    Files.delete(store.resolve("qilin.txt"));
    assertThat(read(store).adjustment()).isEqualTo(Adjustment.FORWARD);
    Path factor = store.resolve("features/sh600519/factor.day.bin");
    QlibFiles.bin(factor, 0, 1, 1, 1, 2);
    assertThat(read(store).adjustment()).isEqualTo(Adjustment.BACKWARD);
    QlibFiles.bin(factor, 0, 1, 1, 1, 1);
    assertThat(read(store).adjustment()).isEqualTo(Adjustment.RAW);
    Files.delete(factor);
    assertThat(read(store).adjustment()).isEqualTo(Adjustment.RAW);
  }

  @Test
  void whenAListHasSpans_thenDaysOutsideOfThemAreNotKnown() {
    Path store = folder.resolve("s");
    QlibStoreWriter.to(store).write(small(Panels.SYMBOL));
    QlibFiles.write(
        store.resolve("instruments/csi300.txt"),
        "SH600519\t2024-01-04\t2099-12-31\nSH600519\t2000-01-01\t2024-01-02\n");
    QlibStore index = QlibStore.builder(store).market("csi300").build();
    assertThat(index.instruments().get(Panels.SYMBOL)).hasSize(2);
    Panel panel = index.read(BarQuery.ALL).panel();
    assertThat(panel.values(Field.CLOSE, 0)).containsExactly(10, Double.NaN, 12, 13);
  }

  @Test
  void whenAFieldBeginsLater_thenTheOtherFieldsMakeTheSpan() {
    Path store = folder.resolve("s");
    QlibStoreWriter.to(store).write(small(Panels.SYMBOL));
    QlibFiles.bin(store.resolve("features/sh600519/close.day.bin"), 2, 7);
    QlibFiles.bin(store.resolve("features/sh600519/open.day.bin"), 1);
    Panel panel = read(store);
    assertThat(panel.days()).isEqualTo(DAYS);
    assertThat(panel.values(Field.CLOSE, 0)).containsExactly(Double.NaN, Double.NaN, 7, Double.NaN);
    assertThat(QlibStore.open(store).fields(Panels.SYMBOL)).contains(Field.OPEN);
    assertThat(panel.has(Field.OPEN)).isFalse();
  }

  @Test
  void whenNamesAreThoseOfDevices_thenTheyAreStoredAsQlibDoes() {
    Symbol con = Symbol.other("CON");
    Symbol lpt = Symbol.other("lpt1");
    Path store = folder.resolve("s");
    QlibStoreWriter.to(store).write(small(con, lpt, Symbol.other("CONS")));
    assertThat(store.resolve("features/_qlib_con")).isDirectory();
    assertThat(store.resolve("features/_qlib_lpt1")).isDirectory();
    assertThat(store.resolve("features/cons")).isDirectory();
    assertThat(Panels.difference(small(con, lpt, Symbol.other("CONS")), read(store)))
        .isEmpty();
  }

  @Test
  void whenAFolderIsInUpperCase_thenItIsReadAndTold() throws IOException {
    Path store = folder.resolve("s");
    QlibStoreWriter.to(store).write(small(Panels.SYMBOL));
    Files.move(store.resolve("features/sh600519"), store.resolve("features/SH600519"));
    Files.move(
        store.resolve("features/SH600519/close.day.bin"),
        store.resolve("features/SH600519/CLOSE.day.bin"));
    var bars = QlibStore.open(store).read(BarQuery.ALL);
    assertThat(Panels.difference(small(Panels.SYMBOL), bars.panel())).isEmpty();
    assertThat(bars.findings()).anyMatch(f -> f.rule().equals("folder-in-upper-case"));
  }

  @Test
  void whenSomeDaysOfSomeFilesAreAsked_thenTheOthersAreNotOpened() {
    Path store = folder.resolve("s");
    Symbol other = Symbol.parse("000001.SZ");
    QlibStoreWriter.to(store).write(small(Panels.SYMBOL, other));
    QlibFiles.write(store.resolve("features/sz000001/close.day.bin"), "bad");
    QlibFiles.write(store.resolve("features/sh600519/volume.day.bin"), "bad");
    Panel panel = QlibStore.open(store)
        .read(
            BarQuery.ALL.withSymbols(Set.of(Panels.SYMBOL)).between(DAYS.get(1), DAYS.get(2)),
            Set.of(Field.CLOSE))
        .panel();
    assertThat(panel.values(Field.CLOSE, 0)).containsExactly(11, 12);
    assertThatThrownBy(() -> read(store)).hasMessageContaining("sz000001/close.day.bin");
  }

  @Test
  void whenTheTargetIsThere_thenItIsKeptUnlessItIsAStoreToReplace() throws IOException {
    Path store = folder.resolve("s");
    QlibStoreWriter writer = QlibStoreWriter.to(store);
    writer.write(small(Panels.SYMBOL));
    Panel other = small(Symbol.parse("000001.SZ"));
    refused(() -> writer.write(other), ErrorCode.INVALID_ARGUMENT, "there already");
    assertThat(Panels.difference(small(Panels.SYMBOL), read(store))).isEmpty();
    writer.replacing().write(other);
    assertThat(Panels.difference(other, read(store))).isEmpty();
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(store);
    }

    Path home = Files.createDirectory(folder.resolve("home"));
    QlibFiles.write(home.resolve("letter.txt"), "mine");
    QlibStoreWriter wrong = QlibStoreWriter.to(home).replacing();
    refused(() -> wrong.write(other), ErrorCode.INVALID_ARGUMENT, "no Qlib store");
    assertThat(home.resolve("letter.txt")).hasContent("mine");
  }

  @Test
  void whenItCannotBeWritten_thenNothingIsLeft() {
    refused(
        () -> QlibStoreWriter.to(folder.resolve("a"))
            .write(small(Symbol.other("msft"), Symbol.other("MSFT"))),
        ErrorCode.INVALID_ARGUMENT,
        "share the folder 'msft'");
    Panel large = Panel.builder(DAYS, Adjustment.RAW)
        .column(Panels.SYMBOL, Field.CLOSE, 0, new double[] {1e300})
        .build();
    refused(
        () -> QlibStoreWriter.to(folder.resolve("a")).write(large),
        ErrorCode.INVALID_ARGUMENT,
        "too large for the float32");
    refused(
        () -> QlibStoreWriter.to(folder.resolve("a"))
            .volume(QlibVolume.ADJUSTED)
            .write(Panel.builder(DAYS, Adjustment.RAW)
                .column(Panels.SYMBOL, Field.VOLUME, 0, new double[] {1})
                .build()),
        ErrorCode.DATA_NOT_FOUND,
        "$factor");
    assertThat(folder).isEmptyDirectory();
    refused(
        () -> QlibStoreWriter.to(folder.resolve("no/such")).write(small(Panels.SYMBOL)),
        ErrorCode.IO,
        "does not exist");
  }

  private static void refused(Runnable call, ErrorCode code, String part) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(part);
  }
}
