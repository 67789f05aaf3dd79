package io.qilin.mlops.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.SettableClock;
import io.qilin.testkit.fault.FaultDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files by their content: what is kept, what is refused, and what is garbage. */
class ArtifactStoreTest {
  private static final String NONE = "0".repeat(64);
  /** SHA-256 of "abc", FIPS 180-2 appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private final SettableClock clock = SettableClock.at("2024-01-02T15:00:00+08:00");

  @TempDir
  Path folder;

  private ArtifactStore store;

  @BeforeEach
  void open() {
    store = ArtifactStore.open(folder.resolve("artifacts"), clock);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Artifact kept(String text) {
    return kept(store, text);
  }

  private static Artifact kept(ArtifactStore store, String text) {
    try (ArtifactHold hold = store.put(bytes(text))) {
      return hold.artifact();
    }
  }

  private Path file(Artifact artifact) {
    return folder
        .resolve("artifacts/objects/" + artifact.sha256().substring(0, 2))
        .resolve(artifact.sha256());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    }
  }

  private static void refuses(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  @Test
  void whenPut_thenItIsReadBackByItsDigest() {
    Artifact artifact = kept("abc");
    assertThat(artifact).isEqualTo(new Artifact(ABC, 3));
    assertThat(store.read(ABC, 3)).isEqualTo(bytes("abc"));
    assertThat(store.file(ABC)).hasContent("abc");
    assertThat(store.contains(ABC)).isTrue();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(store.copy(ABC, out)).isEqualTo(3);
    assertThat(out.toByteArray()).isEqualTo(bytes("abc"));
  }

  @Test
  void whenEmptyOrLarge_thenItIsKeptToo() {
    Artifact empty = kept("");
    assertThat(store.read(empty.sha256(), 0)).isEmpty();
    String large = "因子".repeat(100_000);
    assertThat(store.read(kept(large).sha256(), 1_000_000)).isEqualTo(bytes(large));
  }

  @Test
  void whenTheSameIsPutTwice_thenThereIsOneFile() throws IOException {
    kept("abc");
    kept("abc");
    assertThat(files()).hasSize(1);
  }

  @Test
  void whenItIsNotThere_thenThatIsSaid() {
    refuses(ErrorCode.DATA_NOT_FOUND, () -> store.read(NONE, 10));
    refuses(ErrorCode.DATA_NOT_FOUND, () -> store.copy(NONE, OutputStream.nullOutputStream()));
    refuses(ErrorCode.DATA_NOT_FOUND, () -> store.file(NONE));
    refuses(ErrorCode.DATA_NOT_FOUND, () -> store.hold(NONE));
    refuses(ErrorCode.DATA_NOT_FOUND, () -> store.put(folder.resolve("none")));
    assertThat(store.contains(NONE)).isFalse();
    for (String digest : List.of("", "abc", "../../etc/passwd", ABC.toUpperCase(Locale.ROOT))) {
      refuses(ErrorCode.INVALID_ARGUMENT, () -> store.read(digest, 10));
      refuses(ErrorCode.INVALID_ARGUMENT, () -> store.hold(digest));
      refuses(ErrorCode.INVALID_ARGUMENT, () -> store.contains(digest));
    }
  }

  @Test
  void whenAFileWasChanged_thenItIsRefusedAndPuttingItAgainMendsIt() throws IOException {
    Artifact artifact = kept("a long content that is damaged");
    List<String> damages = List.of("a long content that is damageD", "a long", "");
    for (String damage : damages) {
      Files.writeString(file(artifact), damage);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      refuses(ErrorCode.STORE_DAMAGED, () -> store.read(artifact.sha256(), 100));
      refuses(ErrorCode.STORE_DAMAGED, () -> store.copy(artifact.sha256(), out));
      refuses(ErrorCode.STORE_DAMAGED, () -> store.file(artifact.sha256()));
      assertThat(out.size()).isZero();
    }
    kept("a long content that is damaged");
    assertThat(store.read(artifact.sha256(), 100)).hasSize(30);
  }

  @Test
  void whenItIsTooLarge_thenNothingIsLeft() throws IOException {
    ArtifactStore small = ArtifactStore.open(folder.resolve("small"), clock, 3);
    small.put(bytes("abc")).close();
    List<String> before = files();
    refuses(ErrorCode.LIMIT_EXCEEDED, () -> small.put(bytes("abcd")));
    refuses(ErrorCode.LIMIT_EXCEEDED, () -> small.put(endless()));
    refuses(ErrorCode.LIMIT_EXCEEDED, () -> small.read(ABC, 2));
    assertThat(files()).isEqualTo(before);
    refuses(ErrorCode.INVALID_ARGUMENT, () -> ArtifactStore.open(folder, clock, 0));
  }

  private static InputStream endless() {
    return new InputStream() {
      @Override
      public int read() {
        return 7;
      }
    };
  }

  @Test
  void whenTheStreamFails_thenNothingIsLeft() throws IOException {
    InputStream broken = new InputStream() {
      private int left = 3;

      @Override
      public int read() throws IOException {
        throw new IOException("planted");
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        return left-- > 0 ? length : read();
      }
    };
    refuses(ErrorCode.IO, () -> store.put(broken));
    assertThat(files()).isEmpty();
  }

  @Test
  void whenTheFolderCannotBe_thenThatIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    refuses(ErrorCode.IO, () -> ArtifactStore.open(file, clock));
    refuses(ErrorCode.IO, () -> ArtifactStore.open(folder.resolve("no/parent"), clock));
  }

  @Test
  void whenStrangersPutThingsIntoTheFolder_thenTheyAreLeftAlone() throws IOException {
    Artifact artifact = kept("abc");
    Path root = folder.resolve("artifacts");
    Files.writeString(root.resolve("objects/README"), "x");
    Files.createDirectories(root.resolve("objects/zz/deep"));
    Files.writeString(root.resolve("pins/note"), "x");
    Files.createDirectories(root.resolve("objects/00").resolve(NONE));
    refuses(ErrorCode.STORE_DAMAGED, () -> store.read(NONE, 10));
    store.collect(ABC::equals);
    assertThat(root.resolve("objects/README")).exists();
    assertThat(root.resolve("objects/zz/deep")).exists();
    assertThat(store.read(artifact.sha256(), 3)).isEqualTo(bytes("abc"));
  }

  @Test
  void whenTheThreadIsInterrupted_thenThatIsSaidAndItStaysSo() throws IOException {
    Thread.currentThread().interrupt();
    try {
      refuses(ErrorCode.CANCELLED, () -> store.put(bytes("abc")));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    kept("abc");
    assertThat(store.contains(ABC)).isTrue();
  }

  @Test
  void whenNothingRefersToIt_thenItIsCollected() throws IOException {
    Artifact garbage = kept("garbage");
    Artifact used = kept("used");
    Collected collected = store.collect(used.sha256()::equals);
    assertThat(collected).isEqualTo(new Collected(1, 1, 7));
    assertThat(store.contains(garbage.sha256())).isFalse();
    assertThat(store.read(used.sha256(), 10)).isEqualTo(bytes("used"));
    assertThat(files()).hasSize(1);
  }

  @Test
  void whenItIsHeld_thenItIsNotCollectedUntilTheHoldEnds() {
    try (ArtifactHold hold = store.put(bytes("held"))) {
      assertThat(store.collect(digest -> false).kept()).isEqualTo(1);
      assertThat(store.contains(hold.artifact().sha256())).isTrue();
    }
    Artifact again = kept("again");
    ArtifactHold second = store.hold(again.sha256());
    assertThat(store.collect(digest -> false)).isEqualTo(new Collected(1, 1, 4));
    second.close();
    second.close();
    assertThat(store.collect(digest -> false)).isEqualTo(new Collected(0, 1, 5));
  }

  @Test
  void whenAProcessDiedWhileItHeld_thenTheHoldEndsAfterAWeek() throws IOException {
    ArtifactHold lost = store.put(bytes("lost"));
    Path half = folder.resolve("artifacts/new/" + clock.millis() + "-99");
    Files.writeString(half, "half");
    clock.advance(Duration.ofDays(ArtifactStore.HOLD_DAYS));
    assertThat(store.collect(digest -> false).kept()).isEqualTo(1);
    assertThat(half).exists();
    clock.advance(Duration.ofMillis(1));
    assertThat(store.collect(digest -> false).removed()).isEqualTo(1);
    assertThat(store.contains(lost.artifact().sha256())).isFalse();
    assertThat(files()).isEmpty();
  }

  @Test
  void whenACollectionCrashed_thenWhatItTookIsReadAndPutBack() throws IOException {
    Artifact artifact = kept("abc");
    Path trash = folder.resolve("artifacts/trash");
    Files.move(file(artifact), trash.resolve(artifact.sha256() + "-1-1"));
    Files.createFile(trash.resolve("collector-1-1"));
    assertThat(store.read(artifact.sha256(), 3)).isEqualTo(bytes("abc"));
    Files.move(file(artifact), trash.resolve(artifact.sha256() + "-1-1"));
    assertThat(store.collect(digest -> true)).isEqualTo(new Collected(1, 0, 0));
    assertThat(file(artifact)).exists();
  }

  @Test
  void whenTheQuestionThrows_thenNothingIsLost() {
    Artifact artifact = kept("abc");
    AtomicInteger asked = new AtomicInteger();
    NullPointerException planted = new NullPointerException("planted");
    assertThatThrownBy(() -> store.collect(digest -> {
          if (asked.incrementAndGet() == 2) {
            throw planted;
          }
          return false;
        }))
        .isSameAs(planted);
    assertThat(asked).hasValue(2);
    assertThat(store.read(artifact.sha256(), 3)).isEqualTo(bytes("abc"));
  }

  /**
   * Who registers holds, commits and ends the hold; each step falls before a collection, into one of its two questions, or after
   * it. In every order what was committed is there.
   */
  @Test
  void whenStepsOfARegistrationFallIntoACollection_thenWhatIsReferredToIsThere() {
    int removed = 0;
    for (int way = 0; way < 2; way++) {
      for (int hold = 0; hold < 4; hold++) {
        for (int commit = hold; commit < 4; commit++) {
          for (int end = commit; end < 4; end++) {
            removed += registered(way == 0, hold, commit, end);
          }
        }
      }
    }
    assertThat(removed).isPositive();
  }

  /** Registers what is there already; 1 if the collection came first. */
  private int registered(boolean putAgain, int hold, int commit, int end) {
    // In memory, as no disk need be waited for.
    ArtifactStore memory = ArtifactStore.open(FaultDisk.empty().path("/artifacts"), clock);
    Artifact artifact = kept(memory, "shared");
    Set<String> references = new HashSet<>();
    Deque<ArtifactHold> holds = new ArrayDeque<>();
    AtomicInteger slot = new AtomicInteger();
    Runnable steps = () -> {
      if (slot.get() == hold) {
        try {
          holds.push(putAgain ? memory.put(bytes("shared")) : memory.hold(artifact.sha256()));
        } catch (QilinException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND);
        }
      }
      if (slot.get() == commit && !holds.isEmpty()) {
        references.add(artifact.sha256());
      }
      if (slot.get() == end && !holds.isEmpty()) {
        holds.pop().close();
      }
      slot.incrementAndGet();
    };
    steps.run();
    memory.collect(digest -> {
      steps.run();
      return references.contains(digest);
    });
    while (slot.get() < 4) {
      steps.run();
    }
    if (!references.isEmpty()) {
      assertThat(memory.contains(artifact.sha256()))
          .as("put again %s, held %d, committed %d, ended %d", putAgain, hold, commit, end)
          .isTrue();
      return 0;
    }
    return 1;
  }

  /** Threads register the same few contents again and again while two others collect. */
  @Test
  void whenFilesAreRegisteredDuringCollections_thenNoneThatIsReferredToIsRemoved()
      throws Exception {
    Map<String, AtomicInteger> references = new ConcurrentHashMap<>();
    FaultDisk disk = FaultDisk.empty();
    int writers = 4;
    int rounds = 10;
    CyclicBarrier start = new CyclicBarrier(writers + 2);
    AtomicInteger running = new AtomicInteger(writers);
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      ArtifactStore mine = ArtifactStore.open(disk.path("/artifacts"), clock);
      tasks.add(() -> {
        start.await();
        int lost = 0;
        try {
          for (int round = 0; round < rounds; round++) {
            String digest;
            try (ArtifactHold hold = mine.put(bytes("content " + round % 3))) {
              digest = hold.artifact().sha256();
              references.computeIfAbsent(digest, any -> new AtomicInteger()).incrementAndGet();
            }
            lost += mine.contains(digest) ? 0 : 1;
            references.get(digest).decrementAndGet();
          }
        } finally {
          running.decrementAndGet();
        }
        return lost;
      });
    }
    for (int collector = 0; collector < 2; collector++) {
      ArtifactStore mine = ArtifactStore.open(disk.path("/artifacts"), clock);
      tasks.add(() -> {
        start.await();
        while (running.get() > 0) {
          mine.collect(
              digest -> references.containsKey(digest) && references.get(digest).get() > 0);
        }
        return 0;
      });
    }
    ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
    int lost = 0;
    try {
      for (Future<Integer> future : executor.invokeAll(tasks)) {
        lost += future.get();
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(lost).isZero();
    ArtifactStore after = ArtifactStore.open(disk.path("/artifacts"), clock);
    assertThat(after.collect(digest -> false).kept()).isZero();
  }
}
