package io.qilin.mlops.store;

import static io.qilin.mlops.store.DatabaseTest.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.internal.Sql;
import io.qilin.testkit.fault.KilledChild;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an SQLite file can suffer: no database, cut, flipped, read-only, full, shared, busy. */
@Timeout(300)
class SqliteFaultTest {
  @TempDir
  Path folder;

  private Path file() {
    return folder.resolve("store.db");
  }

  private Path filled() {
    try (Database database = Database.sqlite(file())) {
      database.require(DatabaseTest.COUNTER);
      database.write(connection -> {
        for (int i = 0; i < 200; i++) {
          Sql.update(
              connection, "INSERT INTO counter VALUES (?, ?)", "name " + i + "-".repeat(100), i);
        }
        return true;
      });
    }
    return file();
  }

  @Test
  void whenTheFileIsNoDatabase_thenItIsRefusedAndLeftAsItIs() throws IOException {
    byte[] content =
        "date,close\n2024-01-02,10.00\n".repeat(200).getBytes(StandardCharsets.US_ASCII);
    Files.write(file(), content);
    refuses(ErrorCode.STORE_DAMAGED, () -> Database.sqlite(file()));
    assertThat(Files.readAllBytes(file())).isEqualTo(content);
  }

  @Test
  void whenTheFolderIsNotThereOrThePathIsNone_thenThatIsSaid() throws IOException {
    refuses(ErrorCode.DATA_NOT_FOUND, () -> Database.sqlite(folder.resolve("no/store.db")));
    refuses(ErrorCode.IO, () -> Database.sqlite(Files.createDirectory(folder.resolve("folder"))));
    Path odd = Files.createDirectory(folder.resolve("what?"));
    refuses(ErrorCode.INVALID_ARGUMENT, () -> Database.sqlite(odd.resolve("store.db")));
    Path chinese = Files.createDirectory(folder.resolve("模型 %20#"));
    try (Database database = Database.sqlite(chinese.resolve("store.db"))) {
      database.require(DatabaseTest.COUNTER);
    }
    assertThat(chinese.resolve("store.db")).exists();
  }

  @Test
  void whenTheFileIsRemovedOrReplacedWhileOpen_thenNothingIsAcknowledgedThatWouldBeLost()
      throws IOException {
    Path copy = Files.copy(filled(), folder.resolve("copy.db"));
    try (Database database = Database.sqlite(file())) {
      DatabaseTest.increment(database);
      Files.delete(file());
      refuses(ErrorCode.STORE_UNAVAILABLE, () -> DatabaseTest.increment(database));
      refuses(ErrorCode.STORE_UNAVAILABLE, () -> DatabaseTest.value(database));
      Files.move(copy, file());
      refuses(ErrorCode.STORE_UNAVAILABLE, () -> DatabaseTest.increment(database));
    }
  }

  @Test
  void whenTheFolderCannotBeWritten_thenThatIsSaid() {
    Path proc = Path.of("/proc");
    Assumptions.assumeTrue(
        Files.isDirectory(proc.resolve("self")), "skipped: no /proc, in which nobody makes files");
    refuses(ErrorCode.IO, () -> Database.sqlite(proc.resolve("store.db")));
  }

  @Test
  void whenTheFileIsCutOrFlipped_thenTheOutcomeIsAValueOrATypedError() throws IOException {
    byte[] whole = Files.readAllBytes(filled());
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 40; i++) {
      byte[] damaged =
          i % 2 == 0 ? Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1)) : whole.clone();
      if (i % 2 == 1) {
        for (int flips = 0; flips < 20; flips++) {
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      Path file = folder.resolve("damaged" + i + ".db");
      Files.write(file, damaged);
      refused += use(file);
    }
    assertThat(refused).isGreaterThan(20);
  }

  /** 1 if it was refused with a code that fits. */
  private static int use(Path file) {
    try (Database database = Database.sqlite(file)) {
      database.verify();
      database.require(DatabaseTest.COUNTER);
      DatabaseTest.increment(database);
      return 0;
    } catch (QilinException e) {
      assertThat(e.code())
          .as(e.getMessage())
          .isIn(ErrorCode.STORE_DAMAGED, ErrorCode.STORE_VERSION, ErrorCode.SYSTEM, ErrorCode.IO);
      return 1;
    }
  }

  @Test
  void whenTheDatabaseIsFull_thenThatIsSaidNothingIsWrittenAndItGoesOnWhenThereIsRoom() {
    try (Database database = Database.sqlite(filled())) {
      long pages = database.read(connection ->
          Sql.first(connection, "PRAGMA page_count", row -> row.getLong(1)).orElseThrow());
      limit(database, pages);
      refuses(
          ErrorCode.RESOURCE_EXHAUSTED,
          () -> database.write(connection -> {
            Sql.update(connection, "UPDATE counter SET value = 5 WHERE name = 'a'");
            return Sql.update(connection, "INSERT INTO counter VALUES (?, 1)", "x".repeat(100_000));
          }));
      assertThat(DatabaseTest.value(database)).isZero();
      DatabaseTest.increment(database);
      limit(database, pages + 1_000);
      database.write(connection ->
          Sql.update(connection, "INSERT INTO counter VALUES (?, 1)", "x".repeat(100_000)));
      assertThat(DatabaseTest.value(database)).isEqualTo(1);
    }
  }

  private static void limit(Database database, long pages) {
    database.write(connection ->
        Sql.first(connection, "PRAGMA max_page_count = " + pages, row -> row.getLong(1)));
  }

  @Test
  @Tag("fault")
  @Tag("F6")
  void whenTheDiskTakesNoMore_thenWhatWasAcknowledgedIsThere() {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/prlimit")), "skipped: no /usr/bin/prlimit");
    List<String> lines = KilledChild.of(StoreChild.class, folder, file().toString(), "fill")
        .through("/usr/bin/prlimit", "--fsize=4000000")
        .ended();
    assertThat(lines.get(1)).matches("refused (RESOURCE_EXHAUSTED|IO) after [1-9][0-9]*");
    String acknowledged = lines.get(1).substring(lines.get(1).lastIndexOf(' ') + 1);
    assertThat(lines.get(2)).isEqualTo("rows " + acknowledged);
    try (Database database = Database.sqlite(file())) {
      database.verify();
      DatabaseTest.increment(database);
      assertThat(DatabaseTest.value(database)).isEqualTo(1);
    }
  }

  @Test
  void whenTwoProcessesShareAFile_thenNeitherLosesWhatItWrote() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Database database = Database.sqlite(file())) {
      database.require(DatabaseTest.COUNTER);
      Future<List<String>> child = executor.submit(
          () -> KilledChild.of(StoreChild.class, folder, file().toString(), "count", "20")
              .ended());
      for (int i = 0; i < 20; i++) {
        DatabaseTest.increment(database);
      }
      assertThat(child.get()).contains("ack open");
      assertThat(DatabaseTest.value(database)).isEqualTo(40);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void whenAnotherWrites_thenReadersGoOnAndWritersWait() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Database one = Database.sqlite(file());
        Database other = Database.sqlite(file())) {
      one.require(DatabaseTest.COUNTER);
      CountDownLatch writing = new CountDownLatch(1);
      CountDownLatch read = new CountDownLatch(1);
      Future<Integer> writer = executor.submit(() -> one.write(connection -> {
        int rows = Sql.update(connection, "UPDATE counter SET value = 10 WHERE name = 'a'");
        writing.countDown();
        awaited(read);
        return rows;
      }));
      writing.await();
      assertThat(DatabaseTest.value(other)).isZero();
      read.countDown();
      DatabaseTest.increment(other);
      assertThat(writer.get()).isEqualTo(1);
      assertThat(DatabaseTest.value(one)).isEqualTo(11);
    } finally {
      executor.shutdownNow();
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
