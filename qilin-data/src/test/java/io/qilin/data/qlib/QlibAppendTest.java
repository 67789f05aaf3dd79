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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that grow by days. */
class QlibAppendTest {
  private static final List<LocalDate> DAYS = Panels.weekdays(Panels.FIRST_DAY, 6);
  private static final Symbol OLD = Symbol.parse("600519.SH");
  private static final Symbol LATE = Symbol.parse("000001.SZ");

  @TempDir
  private Path folder;

  private Path store;

  @BeforeEach
  void nameStore() {
    store = folder.resolve("store");
  }

  /** An old instrument that has all days, one that ends after two days, and a late one from the fifth day on. */
  private static Panel whole() {
    Panel.Builder builder = Panel.builder(DAYS, Adjustment.BACKWARD);
    for (Field field : List.of(Field.CLOSE, Field.FACTOR)) {
      builder
          .column(OLD, field, 0, new double[] {1, 2, 3, 4, 5, 6})
          .column(Symbol.parse("600001.SH"), field, 0, new double[] {7, 8})
          .column(LATE, field, 4, new double[] {9, 10});
    }
    return builder.build();
  }

  /** Some days of a panel; instruments without a row on them are left out. */
  private static Panel part(Panel panel, int from, int to) {
    Panel.Builder builder = Panel.builder(panel.days().subList(from, to), panel.adjustment());
    for (int i = 0; i < panel.symbols().size(); i++) {
      int first = Math.max(panel.firstRow(i), from);
      int end = Math.min(panel.endRow(i), to);
      for (Field field : panel.fields()) {
        if (first < end) {
          builder.column(
              panel.symbols().get(i), field, first - from, panel.values(field, i, first, end));
        }
      }
    }
    return builder.build();
  }

  private static Map<String, byte[]> files(Path root) {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("qilin.lock")) {
          files.put(root.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static void assertSame(Path one, Path two) {
    Map<String, byte[]> expected = files(two);
    Map<String, byte[]> actual = files(one);
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
  }

  private Path written(Panel panel) {
    Path target = folder.resolve("all-at-once");
    QlibStoreWriter.to(target).replacing().write(panel);
    return target;
  }

  private static Panel read(Path root) {
    return QlibStore.open(root).read(BarQuery.ALL).panel();
  }

  private void refused(Panel panel, ErrorCode code, String... parts) {
    Map<String, byte[]> before = files(store);
    assertThatThrownBy(() -> QlibStoreWriter.to(store).append(panel))
        .hasMessageContainingAll(parts)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(files(store)).usingRecursiveComparison().isEqualTo(before);
  }

  @Property(tries = 6)
  void whenDaysAreAppended_thenTheBytesAreThoseOfAllDaysWrittenAtOnce(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 11) int first) throws IOException {
    Path home = Files.createTempDirectory("append");
    try {
      Panel panel =
          QlibFiles.floats(Panels.random(3, 12, seed).withAdjustment(Adjustment.BACKWARD));
      Path grown = home.resolve("grown");
      Path whole = home.resolve("whole");
      QlibStoreWriter.to(whole).write(panel);
      QlibStoreWriter.to(grown).write(part(panel, 0, first));
      SplittableRandom random = new SplittableRandom(seed);
      for (int at = first; at < 12; ) {
        int next = Math.min(12, at + 1 + random.nextInt(4));
        // The panel may have days before that the store has too.
        QlibStoreWriter.to(grown).append(part(panel, random.nextInt(at + 1), next));
        at = next;
      }
      assertSame(grown, whole);
    } finally {
      delete(home);
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void whenAnInstrumentIsListedLate_thenItBeginsItsOwnFilesAndTheOthersStay() {
    QlibStoreWriter.to(store).write(part(whole(), 0, 3));
    QlibAppended added = QlibStoreWriter.to(store).append(part(whole(), 3, 6));
    assertThat(added).isEqualTo(new QlibAppended(3, 2, 1, 10, 0, false));
    assertSame(store, written(whole()));
    assertThat(QlibStoreWriter.to(store).append(whole()))
        .isEqualTo(new QlibAppended(0, 0, 0, 0, 0, false));
    assertSame(store, written(whole()));
  }

  @Test
  void whenAListHasItsOwnOrderAndForm_thenItKeepsThem() throws IOException {
    QlibStoreWriter.to(store).write(part(whole(), 0, 3));
    Path list = store.resolve("instruments/all.txt");
    QlibFiles.write(list, "sh600519\t2024/01/02\t20240104\n\nSH600001\t2024-01-02\t2024-01-03\n");
    QlibStoreWriter.to(store).append(part(whole(), 3, 6));
    assertThat(Files.readString(list))
        .isEqualTo("sh600519\t2024/01/02\t2024-01-09\nSH600001\t2024-01-02\t2024-01-03\n"
            + "SZ000001\t2024-01-08\t2024-01-09\n");
    assertThat(Panels.difference(whole(), read(store))).isEmpty();
  }

  @Test
  void whenADayIsThereAlready_thenItIsEqualOrRefused() {
    QlibStoreWriter.to(store).write(part(whole(), 0, 3));
    Panel changed = whole()
        .with(
            Field.CLOSE,
            (i, day) ->
                day == 1 && i == whole().indexOf(OLD) ? 2.5 : whole().value(Field.CLOSE, i, day));
    refused(
        changed,
        ErrorCode.DATA_CONFLICT,
        "close of 600519.SH on 2024-01-03 is 2.0",
        "2.5 in the panel");
    Panel.Builder earlier = Panel.builder(DAYS, Adjustment.BACKWARD);
    for (Field field : List.of(Field.CLOSE, Field.FACTOR)) {
      earlier.column(LATE, field, 2, new double[] {8, 9, 10, 11});
    }
    refused(earlier.build(), ErrorCode.DATA_CONFLICT, "000001.SZ on 2024-01-04 is not known");
  }

  @Test
  void whenADayLiesBetweenThoseOfTheStore_thenItIsRefused() {
    Panel panel = whole();
    QlibStoreWriter.to(store).write(part(panel, 1, 3));
    refused(panel, ErrorCode.INVALID_ARGUMENT, "2024-01-02 is no day of the store");
  }

  @Test
  void whenThePanelIsOfAnotherKind_thenItIsRefused() {
    Panel panel = whole();
    QlibStoreWriter.to(store).write(part(panel, 0, 3));
    refused(
        part(panel, 3, 6).with(Field.OPEN, (i, day) -> 1),
        ErrorCode.DATA_CONFLICT,
        "lacks the store's fields []",
        "others [$open]");
    refused(
        Panel.builder(DAYS.subList(3, 6), Adjustment.BACKWARD)
            .column(OLD, Field.CLOSE, 0, new double[] {1, 2, 3})
            .build(),
        ErrorCode.DATA_CONFLICT,
        "fields [$factor]");
    refused(
        Panel.builder(DAYS.subList(3, 6), Adjustment.RAW)
            .column(OLD, Field.CLOSE, 0, new double[] {1, 2, 3})
            .column(OLD, Field.FACTOR, 0, new double[] {1, 2, 3})
            .build(),
        ErrorCode.DATA_CONFLICT,
        "BACKWARD",
        "RAW");
    assertThatThrownBy(
            () -> QlibStoreWriter.to(store).volume(QlibVolume.ADJUSTED).append(part(panel, 3, 6)))
        .hasMessageContaining("SHARES");
    refused(
        part(panel, 3, 6).with(Field.CLOSE, (i, day) -> day == 2 ? 1e300 : 1),
        ErrorCode.INVALID_ARGUMENT,
        "too large for the float32");
    assertThatThrownBy(() -> QlibStoreWriter.to(folder.resolve("no")).append(panel))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
  }

  @Test
  void whenPricesAreForwardAdjusted_thenTheLastDayMustBeThereToBeCompared() {
    Panel panel = whole();
    Panel.Builder builder = Panel.builder(DAYS, Adjustment.FORWARD);
    for (Field field : panel.fields()) {
      builder.column(OLD, field, 0, panel.values(field, panel.indexOf(OLD)));
    }
    Panel forward = builder.build();
    QlibStoreWriter.to(store).write(part(forward, 0, 3));
    refused(part(forward, 3, 6), ErrorCode.DATA_CONFLICT, "FORWARD", "last day");
    QlibStoreWriter.to(store).append(part(forward, 2, 6));
    assertSame(store, written(forward));
  }

  @Test
  void whenAnAppendIsInterruptedAnywhere_thenTheOldStoreIsReadAndTheNextAppendMendsIt()
      throws IOException {
    Panel panel = whole();
    Path old = folder.resolve("old");
    Path done = folder.resolve("done");
    QlibStoreWriter.to(old).write(part(panel, 0, 3));
    QlibStoreWriter.to(done).write(panel);
    Map<String, byte[]> before = files(old);
    Map<String, byte[]> after = files(done);
    List<String> changed = new ArrayList<>(after.keySet());
    changed.removeIf(name -> Arrays.equals(before.get(name), after.get(name)));
    assertThat(changed).hasSize(6);
    Map<Symbol, java.util.SortedMap<Field, Long>> sizes = Map.of(
        OLD, new TreeMap<>(Map.of(Field.CLOSE, 16L, Field.FACTOR, 16L)),
        LATE, new TreeMap<>(Map.of(Field.CLOSE, 0L, Field.FACTOR, 0L)));
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 15; round++) {
      Path torn = folder.resolve("torn" + round);
      QlibStoreWriter.to(torn).write(part(panel, 0, 3));
      new AppendJournal(3, StoreText.lines(torn, "instruments/all.txt"), sizes).write(torn);
      QlibFiles.write(
          torn.resolve("instruments/mine.txt"),
          "SH600519\t2024-01-02\t2099-12-31\nSZ000001\t2024-01-02\t2099-12-31\n");
      for (String name : changed) {
        byte[] bytes = after.get(name);
        int start = before.getOrDefault(name, new byte[0]).length;
        boolean list = name.endsWith(".txt");
        // A list is replaced whole; of a file any number of bytes may have come to the disk.
        int end = start + random.nextInt(bytes.length - start + 1);
        if (random.nextInt(3) > 0 && (!list || random.nextBoolean())) {
          QlibFiles.write(torn.resolve(name), list ? bytes : Arrays.copyOf(bytes, end));
        }
      }
      assertThat(Panels.difference(part(panel, 0, 3), read(torn))).isEmpty();
      Panel mine =
          QlibStore.builder(torn).market("mine").build().read(BarQuery.ALL).panel();
      assertThat(mine.symbols()).containsExactly(OLD);
      assertThat(mine.days()).isEqualTo(DAYS.subList(0, 3));
      Files.delete(torn.resolve("instruments/mine.txt"));
      QlibAppended mended = QlibStoreWriter.to(torn).append(part(panel, 2, 6));
      assertThat(mended.mended()).isTrue();
      assertThat(mended.listed()).isEqualTo(1);
      assertSame(torn, done);
    }
  }

  @Test
  void whenAFileCannotBeWritten_thenNothingIsLeftOfTheAppend() throws IOException {
    Panel panel = whole();
    QlibStoreWriter.to(store).write(part(panel, 0, 3));
    Map<String, byte[]> before = files(store);
    // A file stands where the folder of the late instrument should be made.
    Path inTheWay = store.resolve("features/sz000001");
    Files.write(inTheWay, new byte[1]);
    assertThatThrownBy(() -> QlibStoreWriter.to(store).append(part(panel, 3, 6)))
        .hasMessageContaining("new days cannot be written")
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO));
    Files.delete(inTheWay);
    assertThat(files(store)).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void whenTheJournalIsDamaged_thenItIsNamed() throws IOException {
    QlibStoreWriter.to(store).write(part(whole(), 0, 3));
    List<String> list = StoreText.lines(store, "instruments/all.txt");
    new AppendJournal(
            3, list, Map.of(OLD, new TreeMap<>(Map.of(Field.CLOSE, 16L, Field.FACTOR, 16L))))
        .write(store);
    Path file = store.resolve("qilin.append");
    String good = Files.readString(file);
    for (String bad : List.of(
        "",
        good.replace("days=3", "days=4"),
        good.replace("days=3", "days=x"),
        good.replace("days=3", "days=99999999999999999999"),
        good.replace("SH600519\tclose=", "../../x\tclose="),
        good.replace("\tclose=16", "\t../close=16"),
        good.replace("close=16", "close"),
        good.replace("close=16", "close=-4"),
        good.replace("close=16", "close=4096"),
        good.replace("list=SH600519\t", "list="),
        good + "and=more\n")) {
      Files.writeString(file, bad);
      assertThatThrownBy(() -> read(store))
          .as(bad)
          .hasMessageContaining("store/")
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT));
    }
  }

  @Test
  void whenAnotherAppends_thenThisOneIsRefused() throws IOException {
    QlibStoreWriter.to(store).write(part(whole(), 0, 3));
    try (StoreLock lock = StoreLock.of(store)) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> QlibStoreWriter.to(store).append(whole()))
          .hasMessageContaining("another appends")
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CONFLICT));
    }
    assertThat(QlibStoreWriter.to(store).append(whole()).days()).isEqualTo(3);
  }

  @Test
  void whenAStoreGrowsWhileItIsOpen_thenItSaysThatItIsToBeOpenedAgain() {
    QlibStoreWriter.to(store).write(part(whole(), 0, 3));
    QlibStore open = QlibStore.open(store);
    QlibStoreWriter.to(store).append(part(whole(), 3, 6));
    assertThatThrownBy(() -> open.read(BarQuery.ALL)).hasMessageContaining("open it again");
    assertThat(open.calendar()).hasSize(3);
  }
}
