package io.qilin.ops.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.backup.BackupFinding.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BackupsTest {
  @TempDir
  Path folder;

  private BackupFixture fixture;
  private Backups backups;

  @BeforeEach
  void make() {
    fixture = new BackupFixture(folder);
    backups = fixture.backups;
  }

  private static QilinException refuses(ErrorCode code, ThrowingCallable call) {
    QilinException[] thrown = new QilinException[1];
    assertThatThrownBy(call).isInstanceOfSatisfying(QilinException.class, e -> {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
      thrown[0] = e;
    });
    return thrown[0];
  }

  private List<Problem> problems(Backup backup) {
    return backups.verify(backup).findings().stream()
        .map(BackupFinding::problem)
        .toList();
  }

  @Test
  void whenOneIsMade_thenItIsListedVerifiedAndRestored() throws IOException {
    Backup made = backups.create();
    fixture.write("second");

    assertThat(made.name()).isEqualTo("0000000001-20260105T013000Z");
    assertThat(made.versions()).containsEntry("app", "1.2");
    assertThat(made.parts()).containsExactly(new BackedPart("config", 1, 5, "first"));
    assertThat(backups.list().backups()).containsExactly(made);
    assertThat(backups.named(made.name())).isEqualTo(made);
    BackupReport report = backups.verify(made);
    assertThat(report.findings()).isEmpty();
    assertThat(report.parts()).containsEntry("config", "first");

    Path target = folder.resolve("restored");
    backups.restore(made, target);
    assertThat(target.resolve("config/live.txt")).hasContent("first");
    assertThat(fixture.live).hasContent("second");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    backups.restore(made, empty);
    assertThat(empty.resolve("config/live.txt")).hasContent("first");
    assertThat(folder).isDirectoryNotContaining("glob:**restoring*");
  }

  @Test
  void whenTheManifestIsReadByAnotherTool_thenItIsJsonWithADigestBesideIt() throws IOException {
    Backup made = backups.create();
    String manifest = Files.readString(fixture.file(made, "manifest.json"));
    assertThat(manifest)
        .contains("\"format\":1", "\"path\":\"live.txt\",\"size\":5,\"sha256\":\"a7937b64");
    assertThat(fixture.file(made, "manifest.sha256"))
        .hasContent(made.digest() + "  manifest.json\n");
  }

  @Test
  void whenTheTargetIsInUse_thenNothingIsRestored() throws IOException {
    Backup made = backups.create();
    Path used = Files.createDirectory(folder.resolve("used"));
    Files.writeString(used.resolve("live"), "x");
    refuses(ErrorCode.CONFLICT, () -> backups.restore(made, used));
    refuses(ErrorCode.CONFLICT, () -> backups.restore(made, fixture.live));
    Path link = Files.createSymbolicLink(
        folder.resolve("link"), Files.createDirectory(folder.resolve("elsewhere")));
    refuses(ErrorCode.CONFLICT, () -> backups.restore(made, link));
    refuses(ErrorCode.DATA_NOT_FOUND, () -> backups.restore(made, folder.resolve("no/target")));
    assertThat(used).isDirectoryContaining("glob:**live").isNotEmptyDirectory();
    Files.createDirectory(folder.resolve(".left.restoring-1"));
    assertThat(refuses(ErrorCode.CONFLICT, () -> backups.restore(made, folder.resolve("left"))))
        .hasMessageContaining("was killed");
  }

  @Test
  void whenFilesHaveChanged_thenEachIsNamed() throws IOException {
    Backup made = backups.create();
    Path file = fixture.file(made, "data/config/live.txt");
    Files.writeString(file, "fjrst");
    assertThat(problems(made)).containsExactly(Problem.CHANGED);
    Files.writeString(file, "longer");
    assertThat(backups.verify(made).findings().get(0))
        .hasToString("CHANGED data/config/live.txt: has 6 bytes, it was written with 5");
    Files.delete(file);
    Files.writeString(fixture.file(made, "data/more\u001b"), "x");
    assertThat(backups.verify(made).findings())
        .extracting(BackupFinding::problem, BackupFinding::path)
        .containsExactly(
            Tuple.tuple(Problem.EXTRA, "data/more\\u001B"),
            Tuple.tuple(Problem.MISSING, "data/config/live.txt"));
    refuses(ErrorCode.STORE_DAMAGED, () -> backups.restore(made, folder.resolve("target")));
    assertThat(folder.resolve("target")).doesNotExist();
  }

  @Test
  void whenAFileIsReplacedByALink_thenItIsNotFollowed() throws IOException {
    Backup made = backups.create();
    Path file = fixture.file(made, "data/config/live.txt");
    Files.delete(file);
    Files.createSymbolicLink(file, fixture.live);
    assertThat(problems(made)).containsExactly(Problem.EXTRA);
    refuses(ErrorCode.STORE_DAMAGED, () -> backups.restore(made, folder.resolve("target")));
  }

  @Test
  void whenTheManifestHasChanged_thenItIsToldFromTheOneThatWasWritten() throws IOException {
    Backup made = backups.create();
    Path manifest = fixture.file(made, "manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("1.2", "1.3"));
    assertThat(backups.list().unreadable()).containsOnlyKeys(made.name());
    assertThat(problems(made)).containsExactly(Problem.MANIFEST);
    refuses(ErrorCode.STORE_DAMAGED, () -> backups.named(made.name()));
    // With a new sum it is another backup than the one that was listed.
    Files.writeString(
        fixture.file(made, "manifest.sha256"),
        Disk.digest(manifest).sha256() + "  manifest.json\n");
    assertThat(backups.list().unreadable()).isEmpty();
    assertThat(problems(made)).containsExactly(Problem.MANIFEST);
    Files.writeString(manifest, text.substring(0, text.length() / 2));
    assertThat(problems(made)).containsExactly(Problem.MANIFEST);
  }

  @Test
  void whenOneWasNotFinished_thenItIsNotListedAndTheNextRemovesIt() throws IOException {
    Backup made = backups.create();
    Files.delete(fixture.file(made, "manifest.json"));
    assertThat(backups.list().backups()).isEmpty();
    assertThat(backups.newest()).isEmpty();
    Backup next = backups.create();
    assertThat(next.sequence()).isEqualTo(1);
    try (Stream<Path> all = Files.list(backups.root())) {
      assertThat(all.map(Disk::name)).containsExactlyInAnyOrder("lock", next.name());
    }
  }

  @Test
  void whenAPartFails_thenItsCodeIsKeptAndNothingIsLeft() throws IOException {
    Backups failing = fixture
        .backups(folder.resolve("failing"))
        .part(BackupPart.of(
            "dump",
            into -> {
              Files.writeString(into.resolve("half"), "x");
              throw new QilinException(ErrorCode.STORE_UNAVAILABLE, "no connection");
            },
            copy -> "ok"))
        .build();
    assertThat(refuses(ErrorCode.STORE_UNAVAILABLE, failing::create))
        .hasMessage("QILIN-5005 the part dump cannot be backed up: no connection");
    assertThat(failing.list().backups()).isEmpty();
    try (Stream<Path> all = Files.list(failing.root())) {
      assertThat(all.map(Disk::name)).containsExactly("lock");
    }
    Backups refused = fixture
        .backups(folder.resolve("refused"))
        .part(BackupPart.of("dump", into -> {}, copy -> {
          throw new ConcurrentModificationException("no dump");
        }))
        .build();
    refuses(ErrorCode.UNKNOWN, refused::create);
  }

  @Test
  void whenTheThreadIsInterrupted_thenTheWorkIsGivenUp() {
    Thread.currentThread().interrupt();
    refuses(ErrorCode.CANCELLED, backups::create);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(backups.list().backups()).isEmpty();
    Backup made = backups.create();
    Thread.currentThread().interrupt();
    refuses(ErrorCode.CANCELLED, () -> backups.restore(made, folder.resolve("target")));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(folder.resolve("target")).doesNotExist();
  }

  @Test
  void whenAnotherMakesOne_thenThatIsSaid() {
    Backups outer = fixture
        .backups(folder.resolve("shared"))
        .part(BackupPart.of(
            "nested",
            into -> fixture.backups(folder.resolve("shared")).build().create(),
            copy -> ""))
        .build();
    refuses(ErrorCode.CONFLICT, outer::create);
  }

  @Test
  void whenDrilled_thenTheStoresAreOpenedTheLossIsSaidAndNothingIsLeft() {
    Backups drilled = fixture
        .backups(folder.resolve("drilled"))
        .rehearsal("reads", restored -> {
          fixture.nanos.addAndGet(Duration.ofSeconds(3).toNanos());
          Files.writeString(restored.resolve("config/written"), "x");
          return BackupFixture.check(restored.resolve("config/live.txt"));
        })
        .build();
    Path target = folder.resolve("drill");
    refuses(ErrorCode.DATA_NOT_FOUND, () -> drilled.drill(target));
    Backup made = drilled.create();
    fixture.clock.advance(Duration.ofMinutes(7));

    DrillReport report = drilled.drill(target);

    assertThat(report)
        .isEqualTo(new DrillReport(
            made,
            Duration.ofMinutes(7),
            Duration.ofSeconds(3),
            Map.of("config", "first"),
            Map.of("reads", "first")));
    assertThat(target).doesNotExist();
    fixture.clock.advance(Duration.ofDays(-1));
    assertThat(drilled.drill(target).age()).isZero();
  }

  @Test
  void whenARehearsalFails_thenItIsNamedAndNothingIsLeft() {
    Backups drilled = fixture
        .backups(folder.resolve("drilled"))
        .rehearsal("opens", restored -> {
          throw new IOException("no such table");
        })
        .build();
    drilled.create();
    assertThat(refuses(ErrorCode.IO, () -> drilled.drill(folder.resolve("drill"))))
        .hasMessageContaining("the rehearsal opens");
    assertThat(folder.resolve("drill")).doesNotExist();
  }

  @Test
  void whenOldOnesGo_thenTheLastAndThoseOfDaysAndWeeksStay() {
    // Two a day for 12 days from Monday, 5 January.
    for (int i = 0; i < 24; i++) {
      backups.create();
      fixture.clock.advance(Duration.ofHours(12));
    }
    RetentionReport report = backups.retain(new Retention(3, 4, 2));
    // The 3 newest, the last of each of 4 days, the last of each of 2 weeks.
    assertThat(report.kept().stream().map(BackupFolder::sequence))
        .containsExactly(14L, 18L, 20L, 22L, 23L, 24L)
        .hasSameSizeAs(backups.list().backups());
    assertThat(report.newestSound()).contains(report.kept().get(5));
    assertThat(report.removed()).hasSize(18);
    assertThat(backups.retain(new Retention(1, 0, 0)).kept()).hasSize(1);
    assertThat(backups.create().sequence()).isEqualTo(25);
  }

  @Test
  void whenTheNewestAreDamaged_thenTheNewestWholeOneStays() throws IOException {
    Backup whole = backups.create();
    for (int i = 0; i < 3; i++) {
      Files.writeString(fixture.file(backups.create(), "data/config/live.txt"), "other");
    }
    RetentionReport report = backups.retain(new Retention(1, 0, 0));
    assertThat(report.newestSound()).contains(whole.name());
    assertThat(report.kept()).hasSize(2).contains(whole.name());
    Files.delete(fixture.file(whole, "data/config/live.txt"));
    assertThat(backups.retain(new Retention(1, 0, 0)))
        .isEqualTo(new RetentionReport(report.kept(), List.of(), Optional.empty()));
  }

  @Test
  void whenABackupIsBeingRead_thenItStays() {
    Backup[] old = new Backup[1];
    Backups[] reading = new Backups[1];
    Set<String> kept = new HashSet<>();
    reading[0] = fixture
        .backups(folder.resolve("read"))
        .rehearsal("retains", restored -> {
          kept.addAll(reading[0].retain(new Retention(1, 0, 0)).kept());
          return "";
        })
        .build();
    old[0] = reading[0].create();
    reading[0].create();
    reading[0].drill(old[0], folder.resolve("drill"));
    assertThat(kept).hasSize(1);
    Backup[] first = {reading[0].create()};
    Backups inCheck = Backups.builder(folder.resolve("read"), fixture.clock, fixture.nanos::get)
        .part(BackupPart.of("config", into -> {}, copy -> {
          kept.clear();
          kept.addAll(reading[0].retain(new Retention(1, 0, 0)).kept());
          return "";
        }))
        .build();
    assertThat(inCheck.verify(first[0]).clean()).isTrue();
    assertThat(kept).contains(first[0].name());
  }

  @Test
  void whenThreadsMakeThem_thenEachGetsItsNumberAndAllAreWhole() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Backup> made :
          threads.invokeAll(Collections.<Callable<Backup>>nCopies(4, backups::create))) {
        made.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(backups.list().backups().stream().map(Backup::sequence))
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(backups.list().backups()).allMatch(made -> backups.verify(made).clean());
  }

  @Test
  void whenSettingsAreWrong_thenTheyAreRefused() {
    refuses(
        ErrorCode.INVALID_ARGUMENT,
        () -> Backups.builder(folder, fixture.clock, fixture.nanos::get).build());
    refuses(
        ErrorCode.INVALID_ARGUMENT,
        () -> fixture.backups(folder).part(BackupPart.of("config", into -> {}, copy -> "")));
    refuses(ErrorCode.INVALID_ARGUMENT, () -> BackupPart.of("../up", into -> {}, copy -> ""));
    refuses(ErrorCode.INVALID_ARGUMENT, () -> new Retention(0, 1, 1));
    refuses(ErrorCode.DATA_NOT_FOUND, () -> backups.named("0000000009-20260105T013000Z"));
  }
}
