package io.qilin.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.service.tool.ToolExecutor;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Qilin's analysts as tools that an agent of LangChain4j may call: one tool for each analyst, named by its id, which tells what the
 * analyst thinks of one share. All of them read the same immutable snapshot, so no call can see a later day, whatever the model asks
 * for.
 *
 * <p>A tool answers with one JSON object of at most {@value #MOST_CHARACTERS} characters: an opinion, or an {@code error} that tells
 * the model how to ask. It throws nothing. Each analyst works once, at the first call for it, on the thread of that call; others that
 * ask for the same analyst wait. Safe to share between threads.
 */
public final class AnalystTools {
  /** The most characters of one answer. */
  public static final int MOST_CHARACTERS = 8_192;

  private final MarketSnapshot snapshot;
  private final Map<String, Tool> tools;

  private AnalystTools(MarketSnapshot snapshot, Map<String, Tool> tools) {
    this.snapshot = snapshot;
    this.tools = tools;
  }

  /** One analyst and, once it has worked, what it thinks. */
  private static final class Tool {
    private final Analyst analyst;
    private final ToolSpecification specification;
    private @Nullable Map<Symbol, Opinion> opinions;

    Tool(Analyst analyst, ToolSpecification specification) {
      this.analyst = analyst;
      this.specification = specification;
    }

    synchronized Map<Symbol, Opinion> opinions(MarketSnapshot snapshot) {
      Map<Symbol, Opinion> known = opinions;
      if (known == null) {
        known = Map.copyOf(analyst.analyze(snapshot));
        opinions = known;
      }
      return known;
    }
  }

  /**
   * Tools over a snapshot, in the order of the analysts.
   *
   * @param analysts for example {@code Analysts.discover().all()}
   * @throws QilinException INVALID_ARGUMENT for an id that is no name of a tool (1 to 64 of {@code A-Z a-z 0-9 _ -}), or two of one id
   */
  public static AnalystTools of(MarketSnapshot snapshot, Collection<? extends Analyst> analysts) {
    Objects.requireNonNull(snapshot, "snapshot");
    Map<String, Tool> tools = new LinkedHashMap<>();
    for (Analyst analyst : analysts) {
      String id = analyst.id();
      if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
        throw QilinException.invalid(
            "a tool's name is 1 to 64 of A-Z a-z 0-9 _ -, the analyst's id is "
                + QilinException.quote(id));
      }
      if (tools.put(id, new Tool(analyst, specification(analyst, snapshot))) != null) {
        throw QilinException.invalid("two analysts have the id " + QilinException.quote(id));
      }
    }
    return new AnalystTools(snapshot, tools);
  }

  private static ToolSpecification specification(Analyst analyst, MarketSnapshot snapshot) {
    return ToolSpecification.builder()
        .name(analyst.id())
        .description(
            "The opinion of the analyst '" + analyst.title() + "' on one A-share after the"
                + " close of " + snapshot.day()
                + ", for the next session: a score from -1 to 1 with"
                + " confidence, coverage and the parts it is made of, or an abstention with its reason.")
        .parameters(JsonObjectSchema.builder()
            .addStringProperty(
                "symbol", "Six digits, a dot and the exchange: 600519.SH, 300750.SZ or 832000.BJ")
            .addStringProperty(
                "day", "The day that is asked about, only " + snapshot.day() + "; may be left away")
            .required("symbol")
            .additionalProperties(false)
            .build())
        .build();
  }

  /** What is offered, to be sent with a request. */
  public List<ToolSpecification> specifications() {
    return tools.values().stream().map(tool -> tool.specification).toList();
  }

  /**
   * The tools with what runs them, for {@code AiServices.builder(…).tools(…)}. Needs the artifact {@code langchain4j}, which has the
   * AI services.
   */
  public Map<ToolSpecification, ToolExecutor> executors() {
    Map<ToolSpecification, ToolExecutor> all = new LinkedHashMap<>();
    for (ToolSpecification specification : specifications()) {
      all.put(specification, (request, memory) -> execute(request));
    }
    return all;
  }

  /** Answers a call: a JSON object with an opinion or an {@code error}. Throws nothing for whatever a model asks. */
  public String execute(ToolExecutionRequest request) {
    Tool tool = tools.get(Optional.ofNullable(request.name()).orElse(""));
    if (tool == null) {
      return OpinionJson.error("no such tool; there are " + String.join(", ", tools.keySet()));
    }
    String id = tool.specification.name();
    try {
      return ToolArguments.read(request.arguments())
          .fold(OpinionJson::error, asked -> answer(tool, asked));
    } catch (QilinException e) {
      return OpinionJson.error("the analyst " + id + " failed with " + e.code());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return OpinionJson.error(
          "the analyst " + id + " failed with " + e.getClass().getSimpleName());
    }
  }

  private String answer(Tool tool, ToolArguments.Asked asked) {
    if (asked.day().isPresent() && !asked.day().get().equals(snapshot.day())) {
      return OpinionJson.error("only the day " + snapshot.day() + " can be asked about"
          + (asked.day().get().isAfter(snapshot.day()) ? "; nothing later is known" : ""));
    }
    Symbol symbol = asked.symbol();
    if (snapshot.raw().find(symbol).isEmpty()) {
      return OpinionJson.error(symbol + " is not among the "
          + snapshot.raw().symbols().size() + " instruments that are known");
    }
    Opinion opinion = tool.opinions(snapshot).get(symbol);
    return opinion == null
        ? OpinionJson.none(tool.specification.name(), symbol, snapshot.day())
        : OpinionJson.of(opinion, snapshot.day());
  }

  /** For example {@code AnalystTools[2024-01-02, [market, news]]}. */
  @Override
  public String toString() {
    return "AnalystTools[" + snapshot.day() + ", " + tools.keySet() + "]";
  }
}
