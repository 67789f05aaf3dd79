package io.qilin.agents.debate;

import io.qilin.agents.internal.Fingerprint;
import io.qilin.agents.internal.ShortestDouble;
import io.qilin.api.analysis.Deliberation;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Has the best shares argued about before the desk chooses: by rules from the evidence, or by
 * language models, for which rules stand in when they fail.
 *
 * <p>What a debate can do is little, on purpose. Rules add no knowledge that the score has not, and
 * never move it. A judge of a language model may move it by its lean in [−1, 1] times the band, 0
 * unless set; the last judge counts. No debate lifts a gate, a risk rule or a risk limit: it is held
 * only about shares that passed the gates, and what it moves is judged by the risk gate afterwards.
 *
 * <p>A model that fails, or answers in another form than asked for, is replaced by rules for that
 * turn ({@code RULES_INSTEAD}), with the code of the failure in the {@link
 * io.qilin.api.analysis.ModelUse}. When time or budget is used up it is asked no more in this debate.
 * At the deadline what is missing is said by rules, even if a call hangs. A deliberation in which
 * rules stood in is flagged {@value #DEGRADED}.
 *
 * <p>Debates about several shares run at once on the executor of the {@link DebateModels}; by rules
 * they run on the calling thread. Immutable; safe to share as far as the clients are.
 */
public final class Debate {
  /** Flag of a deliberation in which rules stood in for a model. */
  public static final String DEGRADED = "LLM_DEGRADED";

  private final DebateGraph graph;
  private final int candidates;
  private final double band;
  private final long seed;
  private final Optional<DebateModels> models;
  private final Optional<DebateCheckpoints> checkpoints;
  private final Lessons lessons;

  private Debate(Builder from) {
    this.graph = from.graph;
    this.candidates = from.candidates;
    this.band = from.band;
    this.seed = from.seed;
    this.models = from.models;
    this.checkpoints = from.checkpoints;
    this.lessons = from.lessons;
  }

  /**
   * A debate as settings name it.
   *
   * @param settings as {@link #settings()} tells them, without those of models
   * @throws QilinException RECORD_MISMATCH if one is missing or cannot be read, or the graph is not built in
   */
  public static Builder of(Map<String, String> settings) {
    try {
      DebateGraph graph = DebateGraph.builtIn(setting(settings, "graph"))
          .orElseThrow(() -> QilinException.invalid("the graph is not built in"));
      return builder(graph)
          .candidates(Integer.parseInt(setting(settings, "candidates")))
          .band(Double.parseDouble(setting(settings, "band")))
          .seed(Long.parseLong(setting(settings, "seed")));
    } catch (QilinException | NumberFormatException e) {
      throw new QilinException(
          ErrorCode.RECORD_MISMATCH,
          "the settings of the debate cannot be read: " + e.getMessage() + "; they are " + settings,
          e);
    }
  }

  private static String setting(Map<String, String> settings, String name) {
    String text = settings.get(name);
    if (text == null) {
      throw QilinException.invalid("there is no " + name);
    }
    return text;
  }

  /** Starts a debate by rules. */
  public static Builder builder(DebateGraph graph) {
    return new Builder(graph);
  }

  /** About how many of the best shares it is held. */
  public int candidates() {
    return candidates;
  }

  /** The most by which it moves a score. */
  public double band() {
    return band;
  }

  /** Where time is read while models speak; empty if only rules do. */
  public Optional<DebateModels> models() {
    return models;
  }

  /** The settings by name, as they stand in a decision record. */
  public Map<String, String> settings() {
    SortedMap<String, String> out = new TreeMap<>();
    out.put("graph", graph.id());
    out.put("candidates", Integer.toString(candidates));
    out.put("band", ShortestDouble.text(band));
    out.put("seed", Long.toString(seed));
    models.ifPresent(m -> {
      out.put("quick", m.quick().model().toString());
      out.put("deep", m.deep().model().toString());
      out.put("max-output-tokens", Integer.toString(m.maxOutputTokens()));
    });
    return Collections.unmodifiableMap(out);
  }

  /** Digests by name of what settings do not say: the graph and the words of the prompts. */
  public Map<String, String> inputs() {
    return models.isPresent()
        ? Map.of("graph", graph.digest(), "prompts", DebatePrompts.DIGEST)
        : Map.of("graph", graph.digest());
  }

  /** The seed of one share's debate: of two shares on one day, and one on two, others begin. */
  private long seedOf(CaseFile file) {
    return seed + file.about().toString().hashCode() + file.session().toEpochDay();
  }

  /**
   * Holds the debates.
   *
   * @param cases one for each share, the best first; those after the first {@link #candidates} are
   *     left out
   * @param inputs digests of all that the decision rests on, asked for only if there are
   *     checkpoints, as a checkpoint serves only the same
   * @param left how long models may take together; not looked at without models
   * @param listener is told of every turn
   * @return in the order of the cases
   * @throws QilinException CANCELLED if the thread is interrupted while it waits
   */
  public List<Deliberation> hold(
      List<CaseFile> cases,
      Supplier<Map<String, String>> inputs,
      Duration left,
      DebateListener listener) {
    List<DebateSession> sessions = new ArrayList<>();
    for (CaseFile bare : cases.subList(0, Math.min(candidates, cases.size()))) {
      CaseFile file =
          models.isPresent() ? bare.withLessons(lessons.before(bare.about(), bare.day())) : bare;
      String key = checkpoints.isPresent() ? key(file, inputs.get()) : "";
      sessions.add(new DebateSession(
          file,
          graph.turns(seedOf(file)),
          new DebateSession.Terms(models, checkpoints, listener, band, key)));
    }
    if (models.isPresent() && !sessions.isEmpty()) {
      run(sessions, models.get(), left);
    }
    return sessions.stream().map(DebateSession::finish).toList();
  }

  private String key(CaseFile file, Map<String, String> inputs) {
    Fingerprint print = new Fingerprint();
    print.add(file.about().toString()).add(file.session().toEpochDay());
    print.add(graph.digest()).add(DebatePrompts.DIGEST).add(seed);
    settings().forEach((name, text) -> print.add(name).add(text));
    new TreeMap<>(inputs).forEach((name, digest) -> print.add(name).add(digest));
    file.lessons().forEach(print::add);
    return print.hex();
  }

  private static void run(List<DebateSession> sessions, DebateModels models, Duration left) {
    long nanos = Math.max(0, left.toNanos());
    long end = models.ticker().getAsLong() + nanos;
    CountDownLatch pending = new CountDownLatch(sessions.size());
    for (DebateSession session : sessions) {
      start(session, models, end, pending);
    }
    try {
      if (!pending.await(nanos, TimeUnit.NANOSECONDS)) {
        sessions.forEach(DebateSession::stop);
      }
    } catch (InterruptedException e) {
      sessions.forEach(DebateSession::stop);
      Thread.currentThread().interrupt();
      throw new QilinException(ErrorCode.CANCELLED, "interrupted during the debate", e);
    }
  }

  private static void start(
      DebateSession session, DebateModels models, long end, CountDownLatch pending) {
    try {
      models.executor().execute(() -> {
        try {
          session.run(end);
        } finally {
          pending.countDown();
        }
      });
    } catch (RuntimeException | OutOfMemoryError e) {
      // An executor that is full, shut down or gets no thread: the session is finished by rules,
      // and says so.
      pending.countDown();
    }
  }

  /** Collects the settings. Not thread-safe. */
  public static final class Builder {
    private final DebateGraph graph;
    private int candidates = 4;
    private double band;
    private long seed;
    private Optional<DebateModels> models = Optional.empty();
    private Optional<DebateCheckpoints> checkpoints = Optional.empty();
    private Lessons lessons = (about, day) -> List.of();

    private Builder(DebateGraph graph) {
      this.graph = Objects.requireNonNull(graph, "graph");
    }

    /** About how many of the best shares a debate is held; 4 unless set. */
    public Builder candidates(int count) {
      candidates = count;
      return this;
    }

    /** The most by which a model's judgement moves a score, in [0, 1]; 0 unless set. */
    public Builder band(double most) {
      band = most;
      return this;
    }

    /** Decides who speaks first; 0 unless set. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** The models that speak; rules unless set. */
    public Builder models(DebateModels speakers) {
      models = Optional.of(speakers);
      return this;
    }

    /** Where every answer is kept at once, so that a killed run does not ask again; nowhere unless set. */
    public Builder checkpoints(DebateCheckpoints kept) {
      checkpoints = Optional.of(kept);
      return this;
    }

    /** What models are told of earlier decisions; nothing unless set. */
    public Builder lessons(Lessons learnt) {
      lessons = Objects.requireNonNull(learnt, "lessons");
      return this;
    }

    /**
     * The debate.
     *
     * @throws QilinException INVALID_CONFIGURATION if a setting is out of its range
     */
    public Debate build() {
      if (candidates < 0 || candidates > 100) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION, "candidates are 0 to 100, were " + candidates);
      }
      if (!(band >= 0 && band <= 1)) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION, "a band is in [0, 1], was " + band);
      }
      return new Debate(this);
    }
  }
}
