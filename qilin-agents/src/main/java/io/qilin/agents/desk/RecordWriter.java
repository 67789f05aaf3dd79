package io.qilin.agents.desk;

import io.qilin.agents.internal.DeliberationText;
import io.qilin.agents.internal.RecordNumbers;
import io.qilin.api.analysis.Candidate;
import io.qilin.api.analysis.Contribution;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.Recommendation;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.trading.Order;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes a record member by member. */
final class RecordWriter {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private final JsonGenerator out;

  private RecordWriter(JsonGenerator out) {
    this.out = out;
  }

  static byte[] write(DecisionRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      new RecordWriter(out).record(record);
      out.writeRaw('\n');
    } catch (JacksonException e) {
      throw new QilinException(
          ErrorCode.INVALID_ARGUMENT,
          "the record cannot be written as JSON: " + QilinException.quote(e.getOriginalMessage()),
          e);
    }
    return bytes.toByteArray();
  }

  private void record(DecisionRecord record) {
    out.writeStartObject();
    out.writeNumberProperty("schema", record.schema());
    out.writeStringProperty("qilin", record.qilin());
    out.writeStringProperty("day", record.day().toString());
    out.writeStringProperty("session", record.session().toString());
    if (record.schema() > 1) {
      out.writeStringProperty("asOf", record.asOf().toString());
    }
    record.copyOf().ifPresent(fetched -> out.writeStringProperty("copyOf", fetched.toString()));
    texts("inputs", record.inputs());
    texts("settings", record.settings());
    out.writeArrayPropertyStart("recommendations");
    record.recommendations().forEach(this::recommendation);
    out.writeEndArray();
    out.writeArrayPropertyStart("candidates");
    record.candidates().forEach(this::candidate);
    out.writeEndArray();
    if (record.schema() > 1) {
      out.writeArrayPropertyStart("deliberations");
      record.deliberations().forEach(value -> DeliberationText.write(out, value));
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private void recommendation(Recommendation value) {
    out.writeStartObject();
    out.writeNumberProperty("rank", value.rank());
    out.writeStringProperty("symbol", value.symbol().toString());
    out.writeStringProperty("day", value.day().toString());
    out.writeStringProperty("session", value.session().toString());
    number("score", value.score());
    number("confidence", value.confidence());
    out.writeName("order");
    order(value.order());
    out.writeArrayPropertyStart("trace");
    value.trace().forEach(this::contribution);
    out.writeEndArray();
    texts("reasons", value.reasons());
    out.writeEndObject();
  }

  private void order(Order order) {
    out.writeStartObject();
    out.writeStringProperty("symbol", order.symbol().toString());
    out.writeStringProperty("side", order.side().name());
    out.writeStringProperty("price", order.price().toPlainString());
    out.writeNumberProperty("shares", order.shares());
    out.writeEndObject();
  }

  private void contribution(Contribution value) {
    out.writeStartObject();
    out.writeStringProperty("analyst", value.analyst());
    number("score", value.score());
    number("weight", value.weight());
    number("contribution", value.contribution());
    texts("warnings", value.warnings());
    out.writeEndObject();
  }

  private void candidate(Candidate value) {
    out.writeStartObject();
    out.writeStringProperty("symbol", value.symbol().toString());
    number("score", value.score());
    number("confidence", value.confidence());
    out.writeStringProperty("outcome", value.outcome());
    out.writeStringProperty("detail", value.detail());
    out.writeArrayPropertyStart("opinions");
    value.opinions().forEach(this::opinion);
    out.writeEndArray();
    out.writeEndObject();
  }

  private void opinion(Opinion value) {
    out.writeStartObject();
    out.writeStringProperty("analyst", value.analyst());
    out.writeStringProperty("symbol", value.symbol().toString());
    value.fold(this::score, this::reason);
    number("coverage", value.coverage());
    texts("flags", value.flags());
    texts("warnings", value.warnings());
    out.writeArrayPropertyStart("components");
    value.components().forEach(this::component);
    out.writeEndArray();
    out.writeEndObject();
  }

  private boolean score(Opinion.Scored value) {
    number("score", value.score());
    number("confidence", value.confidence());
    return true;
  }

  private boolean reason(Opinion.Abstained value) {
    out.writeStringProperty("abstained", value.reason());
    return true;
  }

  private void component(ScoreComponent value) {
    out.writeStartObject();
    out.writeStringProperty("name", value.name());
    number("raw", value.raw());
    out.writeStringProperty("unit", value.unit());
    number("normalised", value.normalised());
    number("weight", value.weight());
    out.writeStringProperty("source", value.source());
    out.writeEndObject();
  }

  private void texts(String name, Map<String, String> texts) {
    out.writeObjectPropertyStart(name);
    texts.forEach((key, text) -> out.writeStringProperty(key, text));
    out.writeEndObject();
  }

  private void texts(String name, List<String> texts) {
    out.writeArrayPropertyStart(name);
    texts.forEach(text -> out.writeString(text));
    out.writeEndArray();
  }

  private void number(String name, double value) {
    RecordNumbers.write(out, name, value);
  }
}
