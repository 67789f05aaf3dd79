package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.report.VisibleText;
import io.qilin.data.lineage.ContentHash;
import io.qilin.data.lineage.LineageGraph;
import io.qilin.data.lineage.LineageKind;
import io.qilin.data.lineage.LineageLog;
import io.qilin.data.lineage.LineageNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hashes the files of a log again and says which are no longer what they were. */
final class LineageCheck {
  private final Terminal terminal;

  LineageCheck(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Prints one line a file, and below a changed one what was made of it. */
  int run(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND, "there is no file " + QilinException.quote(file.toString()));
    }
    checkNotEmpty(file);
    try (LineageLog log = LineageLog.open(file)) {
      log.recovered().ifPresent(lost -> terminal.say("warning: " + lost));
      Map<String, LineageNode> newest = new LinkedHashMap<>();
      log.forEach(step -> step.inputs().stream()
          .filter(node -> node.kind() == LineageKind.FILE)
          .forEach(node -> newest.put(node.facts().getOrDefault("path", node.name()), node)));
      boolean same = true;
      for (Map.Entry<String, LineageNode> each : newest.entrySet()) {
        same &= check(log, each.getKey(), each.getValue());
      }
      if (newest.isEmpty()) {
        terminal.say("the log names no file");
      }
      return same ? ExitCode.DONE : ExitCode.FINDINGS;
    }
  }

  /** An empty file is more likely a wrong name than a log. */
  private static void checkNotEmpty(Path file) {
    try {
      if (Files.size(file) == 0) {
        throw new QilinException(
            ErrorCode.DATA_FORMAT, QilinException.quote(file.toString()) + " is empty");
      }
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO, "cannot read " + QilinException.quote(file.toString()), e);
    }
  }

  private boolean check(LineageLog log, String path, LineageNode node) {
    Optional<ContentHash> now = hash(Path.of(path));
    if (now.filter(node.hash()::equals).isPresent()) {
      say("unchanged  " + path + "  " + node.hash());
      return true;
    }
    say(now.map(hash -> "changed    " + path + "  was " + node.hash() + ", is " + hash)
        .orElse("missing    " + path + "  was " + node.hash()));
    LineageGraph part = log.downstream(node.hash());
    List<LineageNode> reached =
        part.find(node.hash()).isPresent() ? part.downstream(node.hash()) : List.of();
    reached.forEach(other -> say(
        "           made of it: " + other.name() + "  sha256:" + other.hash().brief()));
    return false;
  }

  private static Optional<ContentHash> hash(Path file) {
    try {
      return Optional.of(ContentHash.ofFile(file));
    } catch (QilinException e) {
      if (e.code() != ErrorCode.DATA_NOT_FOUND) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private void say(String line) {
    terminal.out().print(VisibleText.oneLine(line) + "\n");
  }
}
