package io.qilin.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorPlan;
import io.qilin.core.factor.MissingData;
import io.qilin.core.factor.NumericMode;
import io.qilin.data.lineage.CodeVersion;
import io.qilin.data.lineage.ContentHash;
import io.qilin.data.table.TableFormat;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import io.qilin.testkit.Panels;
import io.qilin.testkit.SettableClock;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class FeatureStoreTest {
  private static final FactorSet SET = FactorSet.of(
      "some",
      new Factor("MA5", "Mean($close, 5)/$close"),
      new Factor("SLOPE", "Slope($close, 6)"),
      new Factor("EMA", "EMA($volume, 10)"),
      new Factor("RANK", "CSRank($close)"));
  private static final FactorPlan PLAN = FactorEngine.DEFAULT.plan(SET);

  @TempDir
  private Path folder;

  private final SettableClock clock = SettableClock.at("2024-06-03T18:00:00+08:00");

  private FeatureStore store() {
    return store(folder, clock);
  }

  private static FeatureStore store(Path root, SettableClock clock) {
    return FeatureStore.builder(root, new PlainTableFormat(), clock)
        .code(CodeVersion.of("1"))
        .build();
  }

  private static ContentHash hash(FactorTable table) {
    return ContentHash.of(table);
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  @Test
  void whenAskedAgain_thenTheFilesAnswerWithTheSameBits() throws IOException {
    Panel panel = Panels.random(7, 40, 3);
    Materialised first = store().getOrCompute(PLAN, panel);
    Materialised again = store().getOrCompute(PLAN, panel);
    assertThat(first.hit()).isFalse();
    assertThat(first.computedDays()).isEqualTo(40);
    assertThat(again.hit()).isTrue();
    assertThat(again.readDays()).isEqualTo(40);
    assertThat(again.files()).isEqualTo(first.files()).isEqualTo(files(".plain"));
    assertThat(hash(first.table())).isEqualTo(hash(PLAN.compute(panel)));
    assertThat(hash(again.table())).isEqualTo(hash(PLAN.compute(panel)));
  }

  @Property(tries = 20)
  void whenDaysAreAdded_thenOnlyTheyAreComputed_withTheBitsOfTheWhole(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int appends) throws IOException {
    Path root = Files.createTempDirectory("store");
    try {
      FeatureStore store = store(root, clock);
      Panel panel = Panels.random(6, 30, 0.1, seed);
      Random random = new Random(seed);
      int known = 0;
      for (int i = 0; i <= appends; i++) {
        int end = i == appends ? 30 : Math.min(30, known + 1 + random.nextInt(8));
        Panel until = panel.until(panel.days().get(end - 1));
        Materialised result = store.getOrCompute(PLAN, until);
        assertThat(result.computedDays()).isEqualTo(end - known);
        assertThat(result.readDays()).isEqualTo(known);
        assertThat(hash(result.table())).isEqualTo(hash(PLAN.compute(until)));
        known = end;
      }
      int changed = random.nextInt(30);
      Panel other = panel.with(
          Field.CLOSE, (i, day) -> panel.value(Field.CLOSE, i, day) + (day == changed ? 0.01 : 0));
      Materialised result = store.getOrCompute(PLAN, other);
      assertThat(hash(result.table())).isEqualTo(hash(PLAN.compute(other)));
      boolean unseen = DayChain.of(other).equals(DayChain.of(panel));
      assertThat(result.computedDays()).isEqualTo(unseen ? 0 : 30 - changed);
      assertThat(store.getOrCompute(PLAN, panel).hit()).isTrue();
    } finally {
      delete(root);
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void whenOnlySomeDaysAreAsked_thenTheGapsAreComputed() {
    Panel panel = Panels.random(5, 30, 9);
    FeatureStore store = store();
    store.getOrCompute(PLAN, panel, panel.days().get(10), panel.days().get(14));
    store.getOrCompute(PLAN, panel, panel.days().get(20), panel.days().get(22));
    Materialised part =
        store.getOrCompute(PLAN, panel, panel.days().get(12), panel.days().get(25));
    assertThat(part.readDays()).isEqualTo(6);
    assertThat(part.computedDays()).isEqualTo(8);
    assertThat(hash(part.table()))
        .isEqualTo(hash(PLAN.compute(panel, panel.days().get(12), panel.days().get(25))));
    assertThat(store.getOrCompute(PLAN, panel).computedDays()).isEqualTo(30 - 16);
  }

  @Test
  void whenNothingThatIsReadChanged_thenItIsAHit_elseNot() {
    Panel panel = Panels.random(5, 20, 4);
    FeatureStore store = store();
    store.getOrCompute(PLAN, panel);
    assertThat(store.getOrCompute(PLAN, panel.with(Field.HIGH, (i, d) -> 1)).hit())
        .isTrue();
    assertThat(
            store.getOrCompute(PLAN, panel.withAdjustment(Adjustment.BACKWARD)).hit())
        .isFalse();
    FactorPlan corrected =
        FactorEngine.builder().mode(NumericMode.CORRECTED).build().plan(SET);
    assertThat(store.getOrCompute(corrected, panel).hit()).isFalse();
    FactorPlan lenient = FactorEngine.builder().missing(MissingData.NAN).build().plan(SET);
    assertThat(store.getOrCompute(lenient, panel).hit()).isFalse();
    FactorPlan spaced = FactorEngine.DEFAULT.plan(FactorSet.of(
        "other",
        new Factor("MA5", "Mean($close,5)/$close"),
        new Factor("SLOPE", "Slope($close,6)"),
        new Factor("EMA", "EMA($volume,10)"),
        new Factor("RANK", "CSRank($close)")));
    assertThat(store.getOrCompute(spaced, panel).hit()).isTrue();
    FeatureStore next = FeatureStore.builder(folder, new PlainTableFormat(), clock)
        .code(CodeVersion.of("2"))
        .build();
    assertThat(next.getOrCompute(PLAN, panel).hit()).isFalse();
  }

  @Property(tries = 30)
  void whenAFileIsDamaged_thenTheAnswerIsRightAndTheDamageTold(
      @ForAll long seed, @ForAll @IntRange(max = 3) int kind) throws IOException {
    Path root = Files.createTempDirectory("store");
    try {
      Panel panel = Panels.random(3, 10, 5);
      ContentHash right = hash(PLAN.compute(panel));
      Path file = store(root, clock).getOrCompute(PLAN, panel).files().get(0);
      Path victim = kind % 2 == 0 ? file : file.resolveSibling(file.getFileName() + ".json");
      byte[] bytes = Files.readAllBytes(victim);
      Random random = new Random(seed);
      if (kind < 2) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      } else {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      Files.write(victim, bytes);
      Materialised result = store(root, clock).getOrCompute(PLAN, panel);
      assertThat(hash(result.table())).isEqualTo(right);
      if (kind % 2 == 0) {
        assertThat(result.findings()).hasSize(1);
        assertThat(result.computedDays()).isEqualTo(10);
      }
      Materialised healed = store(root, clock).getOrCompute(PLAN, panel);
      assertThat(healed.hit()).isTrue();
      assertThat(healed.findings()).isEmpty();
    } finally {
      delete(root);
    }
  }

  @Test
  void whenTheManifestNamesAnotherDay_thenItIsReplaced() throws IOException {
    Panel panel = Panels.random(3, 10, 5);
    Path file = store().getOrCompute(PLAN, panel).files().get(0);
    Path manifest = file.resolveSibling(file.getFileName() + ".json");
    String first = panel.days().get(0).toString();
    String changed = Files.readString(manifest).replace("[\"" + first, "[\"2023-01-03");
    Files.writeString(manifest, changed);
    assertThat(store().getOrCompute(PLAN, panel).computedDays()).isEqualTo(10);
    assertThat(store().getOrCompute(PLAN, panel).hit()).isTrue();
  }

  @Test
  void whenTheTableIsGone_thenItIsComputedAgain() throws IOException {
    Panel panel = Panels.random(3, 10, 5);
    FeatureStore store = store();
    Files.delete(store.getOrCompute(PLAN, panel).files().get(0));
    Materialised result = store.getOrCompute(PLAN, panel);
    assertThat(result.hit()).isFalse();
    assertThat(result.findings()).hasSize(1);
    assertThat(result.findings().get(0).message()).contains("computed again");
  }

  @Test
  void whenStoresWriteAtOnce_thenAllHaveTheRightAnswer() throws Exception {
    Panel panel = Panels.random(5, 25, 8);
    ContentHash right = hash(PLAN.compute(panel));
    int writers = 6;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<Future<Materialised>> results = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        FeatureStore own = store();
        results.add(threads.submit(() -> {
          start.await();
          return own.getOrCompute(PLAN, panel);
        }));
      }
      start.countDown();
      for (Future<Materialised> result : results) {
        assertThat(hash(result.get().table())).isEqualTo(right);
        assertThat(result.get().findings()).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(files(".plain")).hasSize(1);
    assertThat(files(".partial")).isEmpty();
    assertThat(store().getOrCompute(PLAN, panel).hit()).isTrue();
  }

  @Test
  void whenManyDaysWereAddedOneByOne_thenTheirFilesBecomeOne() throws IOException {
    Panel panel = Panels.random(2, 80, 6);
    FeatureStore store = store();
    DayChain chain = FeatureStore.chain(PLAN, panel.until(panel.days().get(0)));
    for (int day = 0; day < 80; day++) {
      Panel until = panel.until(panel.days().get(day));
      chain = chain.extend(until);
      store.getOrCompute(PLAN, until, chain, panel.days().get(day), panel.days().get(day));
    }
    assertThat(files(".plain")).hasSize(80);
    Materialised whole = store.getOrCompute(PLAN, panel);
    assertThat(whole.hit()).isTrue();
    assertThat(files(".plain")).hasSize(1).isEqualTo(whole.files());
    assertThat(hash(store.getOrCompute(PLAN, panel).table())).isEqualTo(hash(PLAN.compute(panel)));
  }

  @Test
  void whenSpaceIsShort_thenWhatWasNotUsedForLongestGoes() throws IOException {
    FeatureStore store = store();
    Panel old = Panels.random(3, 20, 1);
    Panel used = Panels.random(3, 20, 2);
    store.getOrCompute(PLAN, old);
    store.getOrCompute(PLAN, used);
    clock.advance(Duration.ofDays(1));
    store.getOrCompute(PLAN, used);
    long most = store.bytes() - 1;
    assertThat(store.retain(most)).isEqualTo(1);
    assertThat(store.bytes()).isPositive().isLessThanOrEqualTo(most);
    assertThat(store.getOrCompute(PLAN, used).hit()).isTrue();
    assertThat(store.getOrCompute(PLAN, old).hit()).isFalse();
    assertThat(store.retain(0)).isEqualTo(2);
    assertThat(store.bytes()).isZero();
  }

  @Test
  void whenFactorsHaveNaughtyNames_thenFilesStayInTheStoreAndNamesComeBack() throws IOException {
    Set<String> names =
        new LinkedHashSet<>(List.of("datetime", "instrument", "factor:x", "../../up"));
    for (String corpus : List.of("naughty-strings", "path-names")) {
      String member = corpus.equals("path-names") ? "name" : "s";
      for (String line : SharedFiles.lines(SharedFiles.corpus(corpus).resolve("cases.jsonl"))) {
        String name = JsonMapper.shared().readTree(line).path(member).asString("");
        boolean usable = !name.isBlank()
            && name.length() <= 128
            && name.chars().noneMatch(Character::isISOControl)
            && java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(name);
        if (usable) {
          names.add(name);
        }
      }
    }
    assertThat(names).hasSizeGreaterThan(300);
    FactorSet set = new FactorSet(
        "../naughty", names.stream().map(name -> new Factor(name, "$close+1")).toList());
    FactorPlan plan = FactorEngine.DEFAULT.plan(set);
    Path root = folder.resolve("inside");
    Panel panel = Panels.random(2, 5, 1);
    store(root, clock).getOrCompute(plan, panel);
    Materialised again = store(root, clock).getOrCompute(plan, panel);
    assertThat(again.hit()).isTrue();
    assertThat(again.table().names()).isEqualTo(List.copyOf(names));
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(root);
    }
    for (Path file : again.files()) {
      assertThat(String.valueOf(file.getFileName())).matches("[0-9a-f_.-]+plain");
    }
  }

  @Test
  void whenTheChainIsOfOtherData_thenItIsRefused() {
    Panel panel = Panels.random(3, 10, 5);
    FeatureStore store = store();
    DayChain all = DayChain.of(panel);
    assertThatThrownBy(
            () -> store.getOrCompute(PLAN, panel, all, panel.days().get(0), panel.lastDay()))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("FeatureStore.chain");
    Panel other = Panels.random(3, 5, 5);
    assertThatThrownBy(() -> all.extend(other)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> store.retain(-1)).isInstanceOf(QilinException.class);
  }

  @Test
  void whenAChainIsExtended_thenItIsTheChainOfTheWhole() {
    Panel panel = Panels.random(5, 150, 2);
    DayChain part = DayChain.of(panel.until(panel.days().get(70)));
    assertThat(part.extend(panel)).isEqualTo(DayChain.of(panel));
    assertThat(part.last()).isEqualTo(DayChain.of(panel).hash(70));
    Panel future = Panels.withOtherFuture(panel, panel.days().get(70), 1);
    assertThat(DayChain.of(future).hash(70)).isEqualTo(part.last());
    assertThat(DayChain.of(future).last()).isNotEqualTo(DayChain.of(panel).last());
  }

  @Test
  void whenReadingIsCancelledOrTheDiskFails_thenNoStoredFileIsLost() throws IOException {
    Panel panel = Panels.random(3, 10, 5);
    store().getOrCompute(PLAN, panel);
    List<Path> before = files(".plain");
    for (ErrorCode code : List.of(ErrorCode.CANCELLED, ErrorCode.IO)) {
      FeatureStore failing = FeatureStore.builder(folder, new FailingReads(code), clock)
          .code(CodeVersion.of("1"))
          .build();
      assertThatThrownBy(() -> failing.getOrCompute(PLAN, panel))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
      assertThat(files(".plain")).isEqualTo(before);
    }
    assertThat(store().getOrCompute(PLAN, panel).hit()).isTrue();
  }

  /** Writes files that it cannot read for a reason that lies outside of them. */
  private record FailingReads(ErrorCode code) implements TableFormat {
    private static final TableFormat PLAIN = new PlainTableFormat();

    @Override
    public String id() {
      return PLAIN.id();
    }

    @Override
    public Set<String> suffixes() {
      return PLAIN.suffixes();
    }

    @Override
    public TableReader open(Path file, TableScan scan) {
      throw new QilinException(code, "reading stopped");
    }

    @Override
    public TableWriter create(Path file, TableSchema schema) {
      return PLAIN.create(file, schema);
    }
  }

  @Test
  void whenTheChainIsOfOtherValues_thenNothingIsStoredUnderIt() throws IOException {
    Panel panel = Panels.random(3, 10, 5);
    Panel other = panel.with(Field.CLOSE, (i, day) -> panel.value(Field.CLOSE, i, day) * 2);
    DayChain chain = FeatureStore.chain(PLAN, panel);
    assertThatThrownBy(
            () -> store().getOrCompute(PLAN, other, chain, panel.days().get(0), panel.lastDay()))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("another panel");
    assertThat(files(".plain")).isEmpty();
  }

  @Test
  void whenAFileIsOverwrittenAfterItsFirstUse_thenItIsComparedAgain() throws IOException {
    Panel panel = Panels.random(3, 10, 5);
    FeatureStore store = store();
    Path file = store.getOrCompute(PLAN, panel).files().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 20] ^= 1;
    FileTime later = FileTime.from(Files.getLastModifiedTime(file).toInstant().plusSeconds(1));
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, later);
    Materialised result = store.getOrCompute(PLAN, panel);
    assertThat(hash(result.table())).isEqualTo(hash(PLAN.compute(panel)));
    assertThat(result.findings()).hasSize(1);
  }
}
