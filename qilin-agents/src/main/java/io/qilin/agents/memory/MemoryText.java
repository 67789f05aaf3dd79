package io.qilin.agents.memory;

import io.qilin.agents.internal.JsonMembers;
import io.qilin.agents.internal.JsonTree;
import io.qilin.agents.internal.RecordNumbers;
import io.qilin.api.market.Symbol;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** An entry as one line of JSON. */
final class MemoryText {
  private static final String WHAT = "the memory's entry";
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private MemoryText() {}

  static String write(MemoryEntry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      out.writeStartObject();
      out.writeStringProperty("symbol", entry.symbol().toString());
      out.writeStringProperty("day", entry.day().toString());
      out.writeStringProperty("session", entry.session().toString());
      RecordNumbers.write(out, "score", entry.score());
      entry.resolution().ifPresent(known -> write(out, known));
      out.writeEndObject();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void write(JsonGenerator out, Resolution known) {
    out.writeObjectPropertyStart("resolution");
    out.writeStringProperty("on", known.on().toString());
    known.sold().ifPresent(day -> out.writeStringProperty("sold", day.toString()));
    RecordNumbers.write(out, "gain", known.gain());
    out.writeStringProperty("benchmark", known.benchmark().toString());
    RecordNumbers.write(out, "alpha", known.alpha());
    known.reflection().ifPresent(text -> out.writeStringProperty("reflection", text));
    out.writeEndObject();
  }

  static MemoryEntry read(String line) {
    JsonMembers in =
        JsonMembers.of(WHAT, JsonTree.parse(line.getBytes(StandardCharsets.UTF_8), WHAT));
    Symbol symbol = in.read("symbol", Symbol::parse);
    LocalDate day = in.read("day", LocalDate::parse);
    LocalDate session = in.read("session", LocalDate::parse);
    double score = in.number("score");
    Optional<Resolution> resolution =
        in.has("resolution") ? Optional.of(resolution(in.object("resolution"))) : Optional.empty();
    return in.done(() -> new MemoryEntry(symbol, day, session, score, resolution));
  }

  private static Resolution resolution(JsonMembers in) {
    LocalDate on = in.read("on", LocalDate::parse);
    Optional<LocalDate> sold =
        in.has("sold") ? Optional.of(in.read("sold", LocalDate::parse)) : Optional.empty();
    double gain = in.number("gain");
    Symbol benchmark = in.read("benchmark", Symbol::parse);
    double alpha = in.number("alpha");
    Optional<String> reflection =
        in.has("reflection") ? Optional.of(in.text("reflection")) : Optional.empty();
    return in.done(() -> new Resolution(on, sold, gain, benchmark, alpha, reflection));
  }
}
