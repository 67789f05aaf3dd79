package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.audit.AuditCheckpoint;
import io.qilin.security.audit.AuditReport;
import io.qilin.security.audit.AuditVerifier;
import io.qilin.security.audit.Ed25519Checkpoints;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code audit-verify}: checks every byte of an audit log. */
@Command(
    name = "audit-verify",
    description = {
      "Checks an audit log that nobody writes: every byte of its files, the chain of hashes, the tree, and the signatures"
          + " of its checkpoints. Prints one line of JSON; exit code 4 if something is wrong, with the first record that"
          + " cannot be trusted. Changes nothing.",
      "",
      "Only checkpoints that were kept elsewhere show that records are missing at the end, or that the whole log was"
          + " written anew.",
      ""
    },
    footer = {
      "",
      "Example: qilin audit-verify --log audit --key 2026-01=audit.pub.pem",
      "Example: qilin audit-verify --log audit --key 2026-01=audit.pub.pem --checkpoints kept.txt"
    })
final class AuditVerifyCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");

  private final Terminal terminal;

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Option(
      names = "--log",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the log.")
  private Path log = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "ID=FILE",
      description = "An Ed25519 public key that checkpoints may be signed by, in PEM; may be"
          + " repeated. Leave out a revoked key.")
  private Map<String, Path> keys = new LinkedHashMap<>();

  @Option(
      names = "--checkpoints",
      paramLabel = "FILE",
      description = "Checkpoints that were kept elsewhere, one a line.")
  private Optional<Path> checkpoints = Optional.empty();

  @Option(
      names = "--start",
      paramLabel = "N",
      description = "The first record, if older files were moved away; 1 unless given.")
  private long start = 1;

  AuditVerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Map<String, PublicKey> known = new LinkedHashMap<>();
    keys.forEach((id, file) -> known.put(id, key(file)));
    AuditReport report = AuditVerifier.of(Ed25519Checkpoints.verifier(known))
        .withCheckpoints(checkpoints.map(AuditVerifyCommand::kept).orElse(List.of()))
        .withStart(start)
        .verify(log);
    print(report);
    terminal.say(report
        .finding()
        .map(finding -> "record " + finding.sequence() + " and what follows cannot be trusted: "
            + finding.message())
        .orElseGet(() -> "records " + report.first() + " to " + report.last() + " are as written"));
    return report.clean() ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private void print(AuditReport report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("clean", report.clean());
    root.put("first", report.first());
    root.put("last", report.last());
    root.put("root", report.root().toString());
    root.put("checkpoints", report.checkpoints());
    root.put("agreed", report.agreed());
    report.finding().ifPresent(finding -> {
      ObjectNode wrong = root.putObject("finding");
      wrong.put("problem", finding.problem().name());
      wrong.put("record", finding.sequence());
      wrong.put("file", finding.file());
      wrong.put("offset", finding.offset());
      wrong.put("message", finding.message());
    });
    terminal.out().print(JSON.writeValueAsString(root) + "\n");
  }

  private static PublicKey key(Path file) {
    String text = new String(WholeFile.read(file), StandardCharsets.ISO_8859_1);
    Matcher pem = PEM.matcher(text);
    if (!pem.matches()) {
      throw noKey(file, null);
    }
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw noKey(file, e);
    }
  }

  private static QilinException noKey(Path file, @Nullable Exception e) {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        QilinException.quote(file.toString())
            + " is no Ed25519 public key in PEM; openssl pkey -pubout writes one",
        e);
  }

  private static List<AuditCheckpoint> kept(Path file) {
    List<AuditCheckpoint> all = new ArrayList<>();
    try (TextLines lines = TextLines.open(file)) {
      StringBuilder line = new StringBuilder();
      while (lines.next(line)) {
        if (!line.toString().isBlank()) {
          all.add(checkpoint(line.toString().strip(), lines.place()));
        }
      }
    }
    return all;
  }

  private static AuditCheckpoint checkpoint(String line, String place) {
    try {
      return AuditCheckpoint.parse(line);
    } catch (QilinException e) {
      throw Messages.at(place, e);
    }
  }
}
