package io.qilin.agents.desk;

import io.qilin.agents.internal.Decimals;
import io.qilin.agents.internal.DeliberationText;
import io.qilin.agents.internal.JsonMembers;
import io.qilin.api.analysis.Candidate;
import io.qilin.api.analysis.Contribution;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.Recommendation;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link RecordWriter} wrote. */
final class RecordReader {
  /** What is read, for messages. */
  static final String WHAT = "the decision record";

  private RecordReader() {}

  static DecisionRecord read(Object tree) {
    JsonMembers in = JsonMembers.of(WHAT, tree);
    long schema = in.whole("schema");
    if (schema < 1 || schema > DecisionRecord.SCHEMA) {
      throw new QilinException(
          ErrorCode.RECORD_MISMATCH,
          "this version reads decision records of schema 1 to " + DecisionRecord.SCHEMA
              + ", this one has " + schema);
    }
    boolean first = schema == 1;
    String qilin = in.text("qilin");
    LocalDate day = in.read("day", RecordReader::day);
    LocalDate session = in.read("session", LocalDate::parse);
    Instant asOf = first ? DecisionRecord.midnightAfter(day) : in.read("asOf", Instant::parse);
    Optional<Instant> copyOf =
        in.has("copyOf") ? Optional.of(in.read("copyOf", Instant::parse)) : Optional.empty();
    Map<String, String> inputs = in.textMap("inputs");
    Map<String, String> settings = in.textMap("settings");
    List<Recommendation> recommendations = in.list("recommendations", RecordReader::recommendation);
    List<Candidate> candidates = in.list("candidates", RecordReader::candidate);
    List<Deliberation> deliberations =
        first ? List.of() : in.list("deliberations", DeliberationText::read);
    return in.done(() -> new DecisionRecord(
        (int) schema,
        qilin,
        day,
        session,
        asOf,
        copyOf,
        inputs,
        settings,
        candidates,
        recommendations,
        deliberations));
  }

  /** A day that a next one can follow. */
  private static LocalDate day(String text) {
    return LocalDate.parse(text).plusDays(1).minusDays(1);
  }

  private static Recommendation recommendation(JsonMembers in) {
    int rank = in.count("rank");
    Symbol symbol = in.read("symbol", Symbol::parse);
    LocalDate day = in.read("day", LocalDate::parse);
    LocalDate session = in.read("session", LocalDate::parse);
    double score = in.number("score");
    double confidence = in.number("confidence");
    Order order = order(in.object("order"));
    List<Contribution> trace = in.list("trace", RecordReader::contribution);
    List<String> reasons = in.texts("reasons");
    return in.done(() ->
        new Recommendation(rank, symbol, day, session, score, confidence, order, trace, reasons));
  }

  private static Order order(JsonMembers in) {
    Symbol symbol = in.read("symbol", Symbol::parse);
    Side side = in.read("side", Side::valueOf);
    BigDecimal price = in.read("price", Decimals::parse);
    long shares = in.whole("shares");
    return in.done(() -> new Order(symbol, side, price, shares));
  }

  private static Contribution contribution(JsonMembers in) {
    String analyst = in.text("analyst");
    double score = in.number("score");
    double weight = in.number("weight");
    double contribution = in.number("contribution");
    List<String> warnings = in.texts("warnings");
    return in.done(() -> new Contribution(analyst, score, weight, contribution, warnings));
  }

  private static Candidate candidate(JsonMembers in) {
    Symbol symbol = in.read("symbol", Symbol::parse);
    double score = in.number("score");
    double confidence = in.number("confidence");
    String outcome = in.text("outcome");
    String detail = in.text("detail");
    List<Opinion> opinions = in.list("opinions", RecordReader::opinion);
    return in.done(() -> new Candidate(symbol, score, confidence, outcome, detail, opinions));
  }

  private static Opinion opinion(JsonMembers in) {
    String analyst = in.text("analyst");
    Symbol symbol = in.read("symbol", Symbol::parse);
    if (in.has("abstained")) {
      String reason = in.text("abstained");
      double coverage = in.number("coverage");
      List<String> flags = in.texts("flags");
      List<String> warnings = in.texts("warnings");
      List<ScoreComponent> components = in.list("components", RecordReader::component);
      return in.done(() ->
          new Opinion.Abstained(analyst, symbol, reason, coverage, components, flags, warnings));
    }
    double score = in.number("score");
    double confidence = in.number("confidence");
    double coverage = in.number("coverage");
    List<String> flags = in.texts("flags");
    List<String> warnings = in.texts("warnings");
    List<ScoreComponent> components = in.list("components", RecordReader::component);
    return in.done(() -> new Opinion.Scored(
        analyst, symbol, score, confidence, coverage, components, flags, warnings));
  }

  private static ScoreComponent component(JsonMembers in) {
    String name = in.text("name");
    double raw = in.number("raw");
    String unit = in.text("unit");
    double normalised = in.number("normalised");
    double weight = in.number("weight");
    String source = in.text("source");
    return in.done(() -> new ScoreComponent(name, raw, unit, normalised, weight, source));
  }
}
