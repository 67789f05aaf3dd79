package io.qilin.ops.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupPartsTest {
  @TempDir
  Path folder;

  private Path into;

  @BeforeEach
  void makeFolder() throws IOException {
    into = Files.createDirectory(folder.resolve("into"));
  }

  private static Connection open(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private Path database(String... statements) throws SQLException {
    Path file = folder.resolve("store.db");
    try (Connection connection = open(file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      for (String one : statements) {
        statement.execute(one);
      }
    }
    return file;
  }

  private static void refuses(ErrorCode code, BackupPart part, Path copy) {
    assertThatThrownBy(() -> part.verify(copy))
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenSqliteIsWritten_thenTheCopyHasWhatWasCommittedAndNothingBesideIt() throws Exception {
    Path file = database("CREATE TABLE t (a INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    SqlitePart part = SqlitePart.of("db", file, BackupPartsTest::open);
    try (Connection writer = open(file);
        Statement statement = writer.createStatement()) {
      statement.execute("INSERT INTO t VALUES (2)");
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("INSERT INTO t VALUES (3)");
      part.snapshot(into);
      statement.execute("COMMIT");
    }
    assertThat(part.verify(into)).isEqualTo("1 tables");
    FileDigest before = Disk.digest(into.resolve("store.db"));
    part.verify(into);
    assertThat(Disk.digest(into.resolve("store.db"))).isEqualTo(before);
    try (Stream<Path> all = Files.list(into)) {
      assertThat(all).containsExactly(into.resolve("store.db"));
    }
    try (Connection copy = open(into.resolve("store.db"));
        Statement statement = copy.createStatement()) {
      assertThat(statement.executeQuery("SELECT max(a) FROM t").getInt(1)).isEqualTo(2);
    }
  }

  @Test
  void whenTheDatabaseIsDamagedOrHasOrphans_thenTheCopyIsRefused() throws Exception {
    Path file = database(
        "CREATE TABLE p (a INTEGER PRIMARY KEY)",
        "CREATE TABLE c (a INTEGER REFERENCES p (a))",
        "INSERT INTO c VALUES (7)");
    SqlitePart part = SqlitePart.of("db", file, BackupPartsTest::open);
    part.snapshot(into);
    assertThatThrownBy(() -> part.verify(into)).hasMessageContaining("the table c");
    Files.write(
        into.resolve("store.db"),
        "no database at all".repeat(100).getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> part.verify(into))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(BackupErrors.of("x", e).code()).isEqualTo(ErrorCode.STORE_DAMAGED));
    Files.delete(into.resolve("store.db"));
    refuses(ErrorCode.DATA_NOT_FOUND, part, into);
    assertThat(into).isEmptyDirectory();
  }

  /** A log of lines of two characters; the number of whole ones, and what is torn. */
  private static LogCheck.State lines(Path copy) throws IOException {
    long last = 0;
    for (Path file : Disk.list(copy)) {
      String text = Files.readString(file);
      last += text.length() / 2;
      if (text.length() % 2 != 0) {
        return new LogCheck.State(
            last, Optional.of(new LogCheck.Torn(Disk.name(file), text.length() - 1)));
      }
    }
    return new LogCheck.State(last, Optional.empty());
  }

  @Test
  void whenALogEndsInHalfARecord_thenThatIsCutOff() throws Exception {
    Path log = Files.createDirectory(folder.resolve("log"));
    Files.writeString(log.resolve("1.log"), "a\nb\n");
    Files.writeString(log.resolve("2.log"), "c\nd");
    Files.writeString(log.resolve("lock"), "");
    LogPart part =
        LogPart.of("log", log, Pattern.compile("[0-9]\\.log"), () -> 3, BackupPartsTest::lines);
    part.snapshot(into);
    assertThat(into.resolve("2.log")).hasContent("c\n");
    assertThat(into.resolve("lock")).doesNotExist();
    assertThat(part.verify(into)).isEqualTo("3 records");
    Files.writeString(into.resolve("2.log"), "x", StandardOpenOption.APPEND);
    refuses(ErrorCode.STORE_DAMAGED, part, into);
  }

  @Test
  void whenNothingOfTheLastFileIsWhole_thenItIsLeftOut() throws Exception {
    Path log = Files.createDirectory(folder.resolve("log"));
    Files.writeString(log.resolve("1.log"), "a\n");
    Files.writeString(log.resolve("2.log"), "c");
    LogPart part = LogPart.of("log", log, Pattern.compile(".*"), () -> 1, BackupPartsTest::lines);
    part.snapshot(into);
    assertThat(into.resolve("2.log")).doesNotExist();
  }

  @Test
  void whenAnAcknowledgedRecordIsNotInTheCopy_thenThereIsNone() throws IOException {
    Path log = Files.createDirectory(folder.resolve("log"));
    Files.writeString(log.resolve("1.log"), "a\nb");
    LogPart part = LogPart.of("log", log, Pattern.compile(".*"), () -> 2, BackupPartsTest::lines);
    assertThatThrownBy(() -> part.snapshot(into))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("record 2")
        .hasMessageContaining("ends with 1");
  }

  @Test
  void whenAFileGrowsByLines_thenTheCopyHasWholeOnes() throws Exception {
    Path file = folder.resolve("memory.jsonl");
    FilePart part = FilePart.of("memory", file, Files::readString).wholeLines();
    for (String[] one :
        new String[][] {{"a\nb\nhal", "a\nb\n"}, {"half", ""}, {"", ""}, {"a\n", "a\n"}}) {
      Files.writeString(file, one[0]);
      Files.deleteIfExists(into.resolve("memory.jsonl"));
      part.snapshot(into);
      assertThat(Files.readString(into.resolve("memory.jsonl"))).isEqualTo(one[1]);
    }
  }

  @Test
  void whenAFileNeedNotBeThere_thenItsCopyIsEmpty() throws Exception {
    Path file = folder.resolve("config.yaml");
    FilePart part = FilePart.of("config", file, Files::readString);
    assertThatThrownBy(() -> part.snapshot(into)).isInstanceOf(IOException.class);
    part.optional().snapshot(into);
    assertThat(into).isEmptyDirectory();
    assertThat(part.optional().verify(into)).isEqualTo("no file");
    Files.writeString(folder.resolve("real"), "x");
    Files.createSymbolicLink(file, folder.resolve("real"));
    part.snapshot(into);
    assertThat(part.verify(into)).isEqualTo("x");
  }

  @Test
  void whenFilesAreNamedByWhatIsInThem_thenEachCopyIsChecked() throws Exception {
    byte[] content = "artifact".getBytes(StandardCharsets.UTF_8);
    String name = FileDigest.of(content).sha256();
    Path objects = Files.createDirectories(folder.resolve("objects/" + name.substring(0, 2)))
        .getParent();
    Files.write(objects.resolve(name.substring(0, 2)).resolve(name), content);
    Files.writeString(objects.resolve("README"), "left out");
    Path links = Files.createDirectory(folder.resolve("links"));
    ObjectsPart part = ObjectsPart.of("objects", objects);
    part.snapshot(into);
    part.linked().snapshot(links);
    assertThat(part.verify(into)).isEqualTo("1 files");
    Path copy = into.resolve(name.substring(0, 2)).resolve(name);
    Path link = links.resolve(name.substring(0, 2)).resolve(name);
    assertThat(Files.isSameFile(link, objects.resolve(name.substring(0, 2)).resolve(name)))
        .isTrue();
    assertThat(into.resolve("README")).doesNotExist();
    Files.writeString(copy, "artefact");
    refuses(ErrorCode.STORE_DAMAGED, part, into);
    assertThat(ObjectsPart.of("none", folder.resolve("none")).verify(folder.resolve("none")))
        .isEqualTo("0 files");
  }

  @Test
  void whenAFolderHoldsALink_thenItIsNotCopied() throws Exception {
    Path records = Files.createDirectories(folder.resolve("records/2026")).getParent();
    Files.writeString(records.resolve("2026/a.json"), "{}");
    Files.writeString(records.resolve("2026/b.json.partial"), "{");
    FolderPart part =
        FolderPart.of("records", records, name -> !name.endsWith(".partial"), copy -> "ok");
    part.snapshot(into);
    assertThat(into.resolve("2026/a.json")).exists();
    assertThat(into.resolve("2026/b.json.partial")).doesNotExist();
    Files.createSymbolicLink(records.resolve("out"), folder.resolve("secret"));
    assertThatThrownBy(() -> part.snapshot(Files.createDirectory(folder.resolve("more"))))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_REJECTED));
  }

  @Test
  void whenStoresLieInOneFolder_thenTheyAreCopiedAsTheyLie() throws Exception {
    JoinedPart joined = JoinedPart.of("both")
        .with("", BackupPart.of("one", to -> Files.writeString(to.resolve("1"), ""), to -> "1"))
        .with("a/b", BackupPart.of("two", to -> Files.writeString(to.resolve("2"), ""), to -> {
          assertThat(to.resolve("2")).exists();
          return "2";
        }));
    joined.snapshot(into);
    assertThat(into.resolve("a/b/2")).exists();
    assertThat(joined.verify(into)).isEqualTo("one: 1, two: 2");
    assertThatThrownBy(() -> joined.with("a/b", joined)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> joined.with("../a", joined)).isInstanceOf(QilinException.class);
  }
}
