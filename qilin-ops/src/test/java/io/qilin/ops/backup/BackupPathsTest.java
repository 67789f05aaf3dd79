package io.qilin.ops.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.backup.BackupFinding.Problem;
import io.qilin.testkit.SharedFiles;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A manifest that somebody else has written names what is no file of a backup. */
class BackupPathsTest {
  private static final JsonFactory JSON = new JsonFactory();
  private static final List<String> HOSTILE = List.of(
      "",
      ".",
      "..",
      "../up",
      "a/../../up",
      "/etc/passwd",
      "a//b",
      "a/",
      "C:/windows",
      "a\\b",
      "..\\up",
      "con",
      "LPT1.txt",
      "nul",
      "a.",
      "a ",
      "a\u0000b",
      "a\nb",
      "%2e%2e/up",
      "…/up",
      "．．/up",
      "a".repeat(129),
      "a/".repeat(16) + "a",
      "~root",
      "$HOME",
      "名");

  @TempDir
  Path folder;

  private String quoted(String text) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeString(text);
    }
    return out.toString();
  }

  private static List<String> corpus() {
    List<String> names = new ArrayList<>();
    for (String line : SharedFiles.lines(SharedFiles.corpus("path-names").resolve("cases.jsonl"))) {
      String expect = "";
      String name = "";
      try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), line)) {
        while (in.nextToken() != null) {
          if (in.currentToken() == JsonToken.VALUE_STRING) {
            expect = in.currentName().equals("expect") ? in.getString() : expect;
            name = in.currentName().equals("name") ? in.getString() : name;
          }
        }
      }
      if (!expect.equals("accept")) {
        names.add(name);
      }
    }
    return names;
  }

  /** Puts the name into a manifest with a good sum; how many were refused for their name. */
  private int refused(List<String> names) throws IOException {
    BackupFixture fixture = new BackupFixture(folder);
    Backup made = fixture.backups.create();
    Path manifest = fixture.file(made, "manifest.json");
    String text = Files.readString(manifest);
    int refused = 0;
    for (String name : names) {
      byte[] other = text.replace("\"live.txt\"", quoted(name)).getBytes(StandardCharsets.UTF_8);
      Files.write(manifest, other);
      Files.writeString(
          fixture.file(made, "manifest.sha256"),
          FileDigest.of(other).sha256() + "  manifest.json\n");
      BackupList listed = fixture.backups.list();
      if (listed.backups().isEmpty()) {
        assertThat(listed.unreadable().get(made.name())).contains("a file in a backup has a name");
        refused++;
      } else {
        // A name that could be one, of a file that is not there.
        Backup forged = listed.backups().get(0);
        assertThat(fixture.backups.verify(forged).findings())
            .extracting(BackupFinding::problem)
            .containsExactly(Problem.EXTRA, Problem.MISSING);
      }
    }
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all.map(Disk::name)).containsExactlyInAnyOrder("live.txt", "backups");
    }
    return refused;
  }

  @Test
  void whenAManifestNamesWhatIsNoFile_thenItIsRefused() throws IOException {
    assertThat(refused(HOSTILE)).isEqualTo(HOSTILE.size());
  }

  @Test
  void whenTheNamesAreThoseOfTheCorpus_thenNoneLeadsOutOfTheFolder() throws IOException {
    List<String> all = corpus();
    FaultRun run = FaultRun.of("path-names", 60);
    Collections.shuffle(all, run.random());
    List<String> names = all.subList(0, Math.min(run.n(), all.size()));
    int refused = refused(names);
    System.out.println("path-names: " + refused + " of " + names.size() + " refused by name");
    assertThat(refused).isGreaterThan(names.size() * 9 / 10);
  }

  @Test
  void whenAPartMakesSuchAName_thenTheBackupIsRefused() {
    BackupFixture fixture = new BackupFixture(folder);
    Backups backups = fixture
        .backups(folder.resolve("named"))
        .part(BackupPart.of(
            "named", into -> Files.writeString(into.resolve("名.json"), "x"), copy -> ""))
        .build();
    assertThat(Assertions.catchThrowableOfType(QilinException.class, backups::create)
            .code())
        .isEqualTo(ErrorCode.INPUT_REJECTED);
    assertThat(backups.list().backups()).isEmpty();
  }
}
