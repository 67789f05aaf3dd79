package io.qilin.agents.internal;

import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.analysis.Statement;
import io.qilin.api.llm.LlmUsage;
import io.qilin.api.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Deliberations, their statements and questions to models as JSON objects, members in a fixed order. */
public final class DeliberationText {
  private DeliberationText() {}

  /** Writes a deliberation. */
  public static void write(JsonGenerator out, Deliberation value) {
    out.writeStartObject();
    out.writeStringProperty("about", value.about().toString());
    RecordNumbers.write(out, "adjustment", value.adjustment());
    texts(out, "flags", value.flags());
    out.writeArrayPropertyStart("statements");
    value.statements().forEach(statement -> write(out, statement));
    out.writeEndArray();
    out.writeArrayPropertyStart("uses");
    value.uses().forEach(use -> write(out, use));
    out.writeEndArray();
    out.writeEndObject();
  }

  /** Writes a statement. */
  public static void write(JsonGenerator out, Statement value) {
    out.writeStartObject();
    out.writeStringProperty("from", value.from());
    out.writeStringProperty("to", value.to());
    out.writeStringProperty("about", value.about().toString());
    out.writeStringProperty("claim", value.claim());
    texts(out, "evidence", value.evidence());
    out.writeStringProperty("at", value.at().toString());
    out.writeStringProperty("origin", value.origin().name());
    texts(out, "flags", value.flags());
    out.writeEndObject();
  }

  /** Writes a question to a model. */
  public static void write(JsonGenerator out, ModelUse value) {
    out.writeStartObject();
    out.writeStringProperty("node", value.node());
    out.writeStringProperty("model", value.model());
    out.writeStringProperty("prompt", value.prompt());
    value.reply().ifPresent(reply -> out.writeStringProperty("reply", reply));
    value.usage().ifPresent(usage -> {
      out.writeObjectPropertyStart("usage");
      out.writeNumberProperty("prompt", usage.prompt());
      out.writeNumberProperty("cached", usage.cached());
      out.writeNumberProperty("completion", usage.completion());
      out.writeEndObject();
    });
    value.cost().ifPresent(cost -> out.writeStringProperty("cost", cost.toPlainString()));
    out.writeStringProperty("outcome", value.outcome());
    out.writeEndObject();
  }

  private static void texts(JsonGenerator out, String name, List<String> texts) {
    out.writeArrayPropertyStart(name);
    texts.forEach(text -> out.writeString(text));
    out.writeEndArray();
  }

  /** Reads a deliberation. */
  public static Deliberation read(JsonMembers in) {
    Symbol about = in.read("about", Symbol::parse);
    double adjustment = in.number("adjustment");
    List<String> flags = in.texts("flags");
    List<Statement> statements = in.list("statements", DeliberationText::statement);
    List<ModelUse> uses = in.list("uses", DeliberationText::use);
    return in.done(() -> new Deliberation(about, statements, uses, adjustment, flags));
  }

  /** Reads a statement. */
  public static Statement statement(JsonMembers in) {
    String from = in.text("from");
    String to = in.text("to");
    Symbol about = in.read("about", Symbol::parse);
    String claim = in.text("claim");
    List<String> evidence = in.texts("evidence");
    Instant at = in.read("at", Instant::parse);
    Statement.Origin origin = in.read("origin", Statement.Origin::valueOf);
    List<String> flags = in.texts("flags");
    return in.done(() -> new Statement(from, to, about, claim, evidence, at, origin, flags));
  }

  /** Reads a question to a model. */
  public static ModelUse use(JsonMembers in) {
    String node = in.text("node");
    String model = in.text("model");
    String prompt = in.text("prompt");
    Optional<String> reply = in.has("reply") ? Optional.of(in.text("reply")) : Optional.empty();
    Optional<LlmUsage> usage =
        in.has("usage") ? Optional.of(usage(in.object("usage"))) : Optional.empty();
    Optional<BigDecimal> cost =
        in.has("cost") ? Optional.of(in.read("cost", Decimals::parse)) : Optional.empty();
    String outcome = in.text("outcome");
    return in.done(() -> new ModelUse(node, model, prompt, reply, usage, cost, outcome));
  }

  private static LlmUsage usage(JsonMembers in) {
    long prompt = in.whole("prompt");
    long cached = in.whole("cached");
    long completion = in.whole("completion");
    return in.done(() -> new LlmUsage(prompt, cached, completion));
  }
}
