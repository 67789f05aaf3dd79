package io.qilin.agents.debate;

import io.qilin.agents.internal.DeliberationText;
import io.qilin.agents.internal.JsonMembers;
import io.qilin.agents.internal.JsonTree;
import io.qilin.agents.internal.LineLog;
import io.qilin.agents.internal.RecordNumbers;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.analysis.Statement;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Keeps every answer of a model in a debate in a folder, at once and durably, so that a run that was
 * killed goes on after the last answer and does not pay for it twice. Answers are found by a hash of
 * all that they rest on: share, session, graph, seed, models, prompts and every input of the
 * decision; a run with anything else finds nothing. A failure is not kept: it is tried anew.
 *
 * <p>One file a debate, of at most 4 MiB. When there are more debates than the limit, the ones that
 * were written to longest ago are deleted. A file that is damaged, other than by its last line being
 * cut off, is deleted, as asking again mends it. Safe to share between threads of one process; a
 * folder serves one process.
 */
public final class DebateCheckpoints {
  private static final long MOST_BYTES = 4 << 20;
  private static final String SUFFIX = ".debate";
  private static final String WHAT = "the checkpoint";
  private static final JsonFactory JSON = new JsonFactory();

  private final Path folder;
  private final int mostDebates;

  private DebateCheckpoints(Path folder, int mostDebates) {
    this.folder = folder;
    this.mostDebates = mostDebates;
  }

  /**
   * Checkpoints in a folder, which is made if it is not there.
   *
   * @param mostDebates how many debates are kept, 1 to 100 000
   * @throws QilinException INVALID_ARGUMENT for another number; IO
   */
  public static DebateCheckpoints in(Path folder, int mostDebates) {
    if (mostDebates < 1 || mostDebates > 100_000) {
      throw QilinException.invalid("1 to 100000 debates are kept, not " + mostDebates);
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw io(folder, e);
    }
    return new DebateCheckpoints(folder, mostDebates);
  }

  private static QilinException io(Path path, IOException e) {
    return new QilinException(
        ErrorCode.IO, path + " cannot hold checkpoints: " + e.getMessage(), e);
  }

  /** The answers that are kept of a debate, in order. */
  synchronized List<ModelSpeaker.Answer> read(String key) {
    Path file = folder.resolve(key + SUFFIX);
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    try {
      LineLog.open(file, MOST_BYTES, lines).close();
      return lines.stream().map(DebateCheckpoints::parse).toList();
    } catch (QilinException e) {
      if (e.code() == ErrorCode.IO) {
        throw e;
      }
      delete(file);
      return List.of();
    }
  }

  /** Keeps an answer; a failure is not kept. */
  synchronized void write(String key, ModelSpeaker.Answer answer) {
    if (answer.statement().isEmpty()) {
      return;
    }
    Path file = folder.resolve(key + SUFFIX);
    boolean fresh = !Files.exists(file);
    try (LineLog log = LineLog.open(file, MOST_BYTES, new ArrayList<>())) {
      log.append(text(answer));
    }
    if (fresh) {
      prune();
    }
  }

  private void prune() {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files = all.filter(path -> path.toString().endsWith(SUFFIX))
          .sorted(Comparator.comparingLong((Path path) -> path.toFile().lastModified())
              .thenComparing(Path::getFileName))
          .toList();
      files.stream().limit(Math.max(0, files.size() - mostDebates)).forEach(this::delete);
    } catch (IOException e) {
      throw io(folder, e);
    }
  }

  private void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw io(file, e);
    }
  }

  private static String text(ModelSpeaker.Answer answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      out.writeStartObject();
      out.writeName("use");
      DeliberationText.write(out, answer.use());
      out.writeName("statement");
      DeliberationText.write(out, answer.statement().orElseThrow());
      answer.lean().ifPresent(lean -> RecordNumbers.write(out, "lean", lean));
      out.writeEndObject();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static ModelSpeaker.Answer parse(String line) {
    JsonMembers in =
        JsonMembers.of(WHAT, JsonTree.parse(line.getBytes(StandardCharsets.UTF_8), WHAT));
    ModelUse use = DeliberationText.use(in.object("use"));
    Statement statement = DeliberationText.statement(in.object("statement"));
    OptionalDouble lean =
        in.has("lean") ? OptionalDouble.of(in.number("lean")) : OptionalDouble.empty();
    return in.done(() -> new ModelSpeaker.Answer(use, Optional.of(statement), lean, false));
  }
}
