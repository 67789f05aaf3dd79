package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.security.audit.AuditCheckpoint;
import io.qilin.security.audit.AuditEntry;
import io.qilin.security.audit.AuditLog;
import io.qilin.security.audit.AuditOutcome;
import io.qilin.security.audit.Ed25519Checkpoints;
import io.qilin.testkit.SettableClock;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands {@code screen}, {@code pii} and {@code audit-verify}. */
class SecurityCliTest {
  @TempDir
  private Path folder;

  private String file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines)).toString();
  }

  @Test
  void whenRequestsAreScreened_thenEachHasItsLineAndAttacksAreFindings() throws IOException {
    String raw = Base64.getEncoder()
        .encodeToString(
            "GET /a?id=1%27%20union%20select%20password%20from%20users-- HTTP/1.1\r\nHost: h\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    Cli run = Cli.run(
        "screen",
        "--requests",
        file(
            "r.jsonl",
            "{\"id\":\"good\",\"uri\":\"/quotes?code=600000\",\"headers\":{\"Host\":\"h\"},\"rule\":7}",
            "",
            "{\"id\":\"bad\",\"method\":\"POST\",\"uri\":\"/notes\",\"headers\":{\"Host\":\"h\",\"Content-Type\":[\"text/plain\"]},"
                + "\"data\":\"<script>alert(document.cookie)</script>\"}",
            "{\"raw_b64\":\"" + raw + "\"}"));
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FINDINGS);
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .isEqualTo("{\"line\":1,\"id\":\"good\",\"outcome\":\"PASS\",\"score\":0,\"findings\":[]}");
    assertThat(lines.get(1))
        .startsWith("{\"line\":3,\"id\":\"bad\",\"outcome\":\"REFUSE_ATTACK\"")
        .contains("\"category\":\"CROSS_SITE_SCRIPTING\"", "\"part\":\"BODY\"");
    assertThat(lines.get(2))
        .startsWith("{\"line\":4,\"outcome\":\"REFUSE_ATTACK\"")
        .contains("SQL");
    assertThat(run.err()).contains("2 of 3 refused");
  }

  @Test
  void whenTextsAreScreened_thenEveryLineIsOne() throws IOException {
    Cli good = Cli.run("screen", "--texts", file("t.txt", "buy 100 shares", "", "涨停 10 %"));
    assertThat(good.code()).as(good.err()).isZero();
    assertThat(good.out().lines()).hasSize(3).allMatch(line -> line.contains("\"PASS\""));
    Cli bad = Cli.run("screen", "--texts", file("t.txt", "1' OR '1'='1' -- "), "--field", "note");
    assertThat(bad.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(bad.out()).contains("\"field\":\"note\"");
  }

  @Test
  void whenTheCoreRuleSetIsScreened_thenEveryCaseIsJudged() {
    Path cases = SharedFiles.corpus("crs-regression").resolve("cases.jsonl");
    Cli run = Cli.run("screen", "--requests", cases.toString());
    assertThat(run.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(run.out().lines()).hasSameSizeAs(SharedFiles.lines(cases));
    assertThat(run.out()).doesNotContain("REFUSE_FAILURE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "[]",
        "7",
        "null",
        "{}",
        "{\"uri\":7}",
        "{\"uri\":\"/\",\"uri\":\"/\"}",
        "{\"uri\":\"/\",\"headers\":[]}",
        "{\"uri\":\"/\",\"headers\":{\"a\":{}}}",
        "{\"uri\":\"/\",\"headers\":{\"a\":[[]]}}",
        "{\"uri\":\"/\",\"data\":{}}",
        "{\"raw_b64\":\"=\"}",
        "{\"uri\":\"/\"} trailing"
      })
  void whenALineIsNoRequest_thenItIsNamed(String line) throws IOException {
    Cli run = Cli.run("screen", "--requests", file("r.jsonl", "{\"uri\":\"/\"}", line));
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).startsWith("QILIN-").contains("r.jsonl', line 2").hasLineCount(1);
  }

  @Test
  void whenTheInputIsNoText_thenThatIsSaid() throws IOException {
    Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {'a', (byte) 0xe4, '\n'});
    for (String command : List.of("screen --texts", "pii --in", "pii --mask --in")) {
      Cli run = Cli.run((command + " " + latin).split(" ", -1));
      assertThat(run.code()).as(command).isEqualTo(ExitCode.ERROR);
      assertThat(run.err()).contains("not UTF-8");
    }
    assertThat(Cli.run("screen", "--texts", folder.resolve("none").toString()).err())
        .contains("there is no file");
    assertThat(Cli.run("pii", "--in", folder.toString()).err()).contains("is a folder");
    assertThat(Cli.run("screen").code()).isEqualTo(ExitCode.USAGE);
    assertThat(Cli.run("screen", "--texts", latin.toString(), "--paranoia", "5").err())
        .contains("paranoia must be 1 to 4");
  }

  @Test
  void whenALineNeverEnds_thenItIsRefused() throws IOException {
    Path endless = Files.writeString(folder.resolve("long"), "x".repeat(TextLines.LONGEST + 1));
    Cli run = Cli.run("screen", "--texts", endless.toString());
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).contains("line 1 has more than");
  }

  @Test
  void whenPersonalDataIsLookedFor_thenItsPlacesAreToldAndNothingElse() throws IOException {
    String letter = file("letter.txt", "hello", "call 13812345678 or a@b.example");
    Cli found = Cli.run("pii", "--in", letter);
    assertThat(found.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(found.out()).isEqualTo("""
            {"line":2,"start":5,"end":16,"type":"CN_MOBILE","form":"PLAIN"}
            {"line":2,"start":20,"end":31,"type":"EMAIL","form":"PLAIN"}
            """);
    assertThat(found.out() + found.err()).doesNotContain("13812345678");
    Cli few = Cli.run("pii", "--in", letter, "--types", "email");
    assertThat(few.out().lines()).hasSize(1);
    assertThat(Cli.run("pii", "--in", file("clean.txt", "nothing")).code()).isZero();
  }

  @Test
  void whenPersonalDataIsMasked_thenTheRestStaysAsItWas() throws IOException {
    String letter = file("letter.txt", "call 13812345678", "", "Li Lei called");
    Cli masked = Cli.run("pii", "--in", letter, "--mask", "--names", file("names", "Li Lei"));
    assertThat(masked.code()).as(masked.err()).isZero();
    assertThat(masked.out()).startsWith("call 138****5678\n\n").doesNotContain("Li Lei");
    Cli json = Cli.run(
        "pii", "--mask", "--json", "--in", file("d.jsonl", "{\"a\":[\"13812345678\",1.50]}"));
    assertThat(json.out()).isEqualTo("{\"a\":[\"138****5678\",1.50]}\n");
    Cli broken = Cli.run("pii", "--mask", "--json", "--in", file("d.jsonl", "{}", "{'a':1}"));
    assertThat(broken.code()).isEqualTo(ExitCode.ERROR);
    assertThat(broken.err()).contains("line 2");
    assertThat(Cli.run("pii", "--in", letter, "--json").code()).isEqualTo(ExitCode.USAGE);
  }

  /** A log of three records, its key in a file, and the checkpoints kept elsewhere. */
  private String[] log(String... more) throws GeneralSecurityException, IOException {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    List<AuditCheckpoint> kept = new CopyOnWriteArrayList<>();
    SettableClock clock = SettableClock.at("2026-01-05T09:30:00+08:00");
    try (AuditLog log = AuditLog.builder(
            folder.resolve("audit"),
            Ed25519Checkpoints.signer("k1", keys.getPrivate()),
            kept::add,
            clock,
            System::nanoTime,
            new SecureRandom())
        .open()) {
      for (int k = 0; k < 3; k++) {
        log.record(AuditEntry.builder("u-1", "order.place", "order/" + k, AuditOutcome.SUCCEEDED)
            .build());
      }
    }
    Files.writeString(
        folder.resolve("k1.pem"),
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
    Files.write(
        folder.resolve("kept.txt"), kept.stream().map(AuditCheckpoint::toString).toList());
    return Stream.concat(
            Stream.of(
                "audit-verify",
                "--log",
                folder.resolve("audit").toString(),
                "--key",
                "k1=" + folder.resolve("k1.pem")),
            Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void whenALogIsAsItWasWritten_thenItIsClean() throws GeneralSecurityException, IOException {
    Cli run = Cli.run(log("--checkpoints", folder.resolve("kept.txt").toString()));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("{\"clean\":true,\"first\":1,\"last\":3,\"root\":\"");
    assertThat(run.out()).contains("\"agreed\":1").doesNotContain("finding");
  }

  @Test
  void whenALogWasChangedCutOrSignedByAnother_thenTheRecordIsNamed()
      throws GeneralSecurityException, IOException {
    String[] verify = log("--checkpoints", folder.resolve("kept.txt").toString());
    Path file;
    try (Stream<Path> files = Files.list(folder.resolve("audit"))) {
      file = files.filter(each -> each.toString().endsWith(".log")).findFirst().orElseThrow();
    }
    byte[] good = Files.readAllBytes(file);
    byte[] changed = good.clone();
    changed[good.length / 2] ^= 1;
    Files.write(file, changed);
    Cli run = Cli.run(verify);
    assertThat(run.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(run.out()).contains("\"clean\":false", "\"problem\":\"DAMAGED\"", "\"record\":");
    assertThat(run.err()).contains("cannot be trusted");

    Files.write(file, good);
    KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Files.writeString(
        folder.resolve("k1.pem"),
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(other.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
    Cli forged = Cli.run(new ArrayList<>(List.of(verify)).subList(0, 5).toArray(String[]::new));
    assertThat(forged.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(forged.out()).contains("BAD_CHECKPOINT");
  }

  @Test
  void whenKeyLogOrCheckpointsAreMissing_thenThatIsSaid()
      throws GeneralSecurityException, IOException {
    String[] verify = log("--checkpoints", folder.resolve("kept.txt").toString());
    Files.writeString(folder.resolve("kept.txt"), "no checkpoint\n");
    assertThat(Cli.run(verify).err()).contains("kept.txt', line 1: this is no checkpoint");
    Files.writeString(folder.resolve("k1.pem"), "no key");
    assertThat(Cli.run(verify).err()).contains("no Ed25519 public key in PEM");
    Files.delete(folder.resolve("k1.pem"));
    assertThat(Cli.run(verify).err()).contains("there is no file");
    assertThat(Cli.run("audit-verify", "--log", folder.toString()).code())
        .isEqualTo(ExitCode.USAGE);
  }
}
