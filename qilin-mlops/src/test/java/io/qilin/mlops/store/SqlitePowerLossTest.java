package io.qilin.mlops.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.QilinException;
import io.qilin.mlops.internal.Sql;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenario F4 for an SQLite file: after each commit the database and its write-ahead log are copied, as they are in the memory of
 * the system; what the disk holds when the power is cut is a state between two copies. All that the earlier commit forced lasts;
 * of what came after, each 512-byte sector of the log is there, is as it was, or is garbage, and the log's new length lasts or
 * not. Of a sector that an earlier commit began, only what came after is lost, as SQLite's "powersafe overwrite" has it: disks
 * write a sector whole. The database itself is written only from a log that was forced, so it stays as copied.
 */
@Tag("fault")
@Tag("F4")
class SqlitePowerLossTest {
  private static final int SECTOR = 512;
  private static final int COMMITS = 16;

  @TempDir
  Path folder;

  /** The files after a commit. */
  private record Copy(byte[] database, byte[] log) {}

  private List<Copy> copies() throws IOException {
    Path file = folder.resolve("store.db");
    List<Copy> copies = new ArrayList<>();
    try (Database database = Database.sqlite(file)) {
      database.require(DatabaseTest.COUNTER);
      for (int i = 0; i < COMMITS; i++) {
        int commit = i;
        copies.add(new Copy(Files.readAllBytes(file), Files.readAllBytes(log(file))));
        database.write(connection -> {
          Sql.update(connection, "INSERT INTO counter VALUES (?, ?)", text(commit), commit);
          return Sql.update(
              connection, "UPDATE counter SET value = ? WHERE name = 'a'", commit + 1);
        });
      }
      copies.add(new Copy(Files.readAllBytes(file), Files.readAllBytes(log(file))));
    }
    return copies;
  }

  private static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  /** Up to some pages long, so that a commit is many sectors. */
  private static String text(int commit) {
    return ("row " + commit + " ").repeat(1 + commit * 97 % 1_500);
  }

  /** A state between two copies; the one before is whole. */
  private Copy cut(Copy before, Copy after, Random random, boolean tornEarlier) {
    byte[] log = after.log().clone();
    int from = tornEarlier ? before.log().length - 2 * SECTOR : 0;
    int luck = random.nextInt(3);
    for (int at = from; at < log.length; at += SECTOR) {
      int end = Math.min(log.length, at + SECTOR);
      boolean same =
          end <= before.log().length && Arrays.equals(before.log(), at, end, log, at, end);
      if ((tornEarlier || !same) && (luck == 0 || random.nextBoolean())) {
        lose(before.log(), log, at, end, random, tornEarlier);
      }
    }
    int length = random.nextBoolean()
        ? log.length
        : before.log().length + random.nextInt(Math.max(1, log.length - before.log().length + 1));
    return new Copy(before.database(), Arrays.copyOf(log, Math.max(before.log().length, length)));
  }

  private static void lose(
      byte[] old, byte[] log, int from, int to, Random random, boolean garbage) {
    byte[] sector = new byte[to - from];
    if (garbage || random.nextBoolean()) {
      random.nextBytes(sector);
    } else if (from < old.length) {
      System.arraycopy(old, from, sector, 0, Math.min(to, old.length) - from);
    }
    int kept = garbage ? 0 : Math.max(0, Math.min(to, old.length) - from);
    System.arraycopy(sector, kept, log, from + kept, sector.length - kept);
  }

  /** Whether all of so many commits is there, and of the next all or nothing, and the store goes on. */
  private boolean whole(Copy left, int commits, int state) throws IOException {
    Path file = Files.createDirectory(folder.resolve("state" + state)).resolve("store.db");
    Files.write(file, left.database());
    Files.write(log(file), left.log());
    try (Database database = Database.sqlite(file)) {
      database.verify();
      int there = (int) DatabaseTest.value(database);
      List<String> names = database.read(connection -> Sql.list(
          connection,
          "SELECT name FROM counter WHERE name <> 'a' ORDER BY value",
          row -> row.getString("name")));
      DatabaseTest.increment(database);
      boolean same = names.size() == there;
      for (int i = 0; i < names.size(); i++) {
        same &= names.get(i).equals(text(i));
      }
      return same
          && there >= commits
          && there <= commits + 1
          && DatabaseTest.value(database) == there + 1;
    } catch (QilinException e) {
      return false;
    }
  }

  private long broken(FaultRun run, boolean tornEarlier) throws IOException {
    List<Copy> copies = copies();
    Random random = run.random();
    long broken = 0;
    for (int state = 0; state < run.n(); state++) {
      int commits = random.nextInt(copies.size() - 1);
      Copy left = cut(copies.get(commits), copies.get(commits + 1), random, tornEarlier);
      broken += whole(left, commits, state) ? 0 : 1;
    }
    return broken;
  }

  @Test
  void whenThePowerIsCutAtAnyMoment_thenEveryAcknowledgedRowIsThere() throws IOException {
    FaultRun run = FaultRun.of("F4", 20);
    long broken = broken(run, false);
    System.out.println(run.report(broken, Map.of("commits", COMMITS)));
    assertThat(broken).isZero();
  }

  /** The planted fault: a log whose end was acknowledged but not forced, as with {@code synchronous=OFF}. */
  @Test
  void whenWhatWasAcknowledgedWasNotForced_thenTheScenarioSeesRowsLost() throws IOException {
    assertThat(broken(new FaultRun("F4", 5, 7), true)).isPositive();
  }

  @Test
  void whenTheStoreIsOpen_thenItForcesEveryCommit() {
    try (Database database = Database.sqlite(folder.resolve("store.db"))) {
      for (boolean writing : new boolean[] {true, false}) {
        Work<String> modes = connection ->
            pragma(connection, "synchronous") + " " + pragma(connection, "journal_mode");
        assertThat(writing ? database.write(modes) : database.read(modes)).isEqualTo("2 wal");
      }
    }
  }

  private static String pragma(java.sql.Connection connection, String name)
      throws java.sql.SQLException {
    return Sql.first(connection, "PRAGMA " + name, row -> row.getString(1)).orElseThrow();
  }
}
