package io.qilin.agents.llm;

import io.qilin.api.analysis.ModelUse;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A client that records on a {@link Cassette}, or plays it back. Two equal questions in one recording get the same answer,
 * the first that came, so that a replay says the same to both. Failures are recorded too and happen again in a replay; a
 * question that failed is asked again while recording. Thread-safe as far as the client is.
 */
public final class CassetteClient implements LlmClient {
  /** What a client does with its cassette. */
  public enum Mode {
    /** Asks every question anew, and records. */
    RECORD,
    /** Asks nobody: LLM_NOT_RECORDED if a question is not on the cassette. */
    REPLAY,
    /** Plays back what is there, asks and records the rest, failed questions included. */
    REPLAY_OR_RECORD
  }

  private static final Set<ErrorCode> FAILURES = Set.of(
      ErrorCode.LLM_UNAVAILABLE,
      ErrorCode.LLM_REFUSED,
      ErrorCode.LLM_RATE_LIMITED,
      ErrorCode.LLM_TIMEOUT,
      ErrorCode.LLM_INVALID_REPLY,
      ErrorCode.LLM_BUDGET_EXHAUSTED);

  private final Mode mode;
  private final Cassette cassette;
  private final LlmModel model;
  private final Optional<LlmClient> client;
  private final Map<String, ErrorCode> failed = new HashMap<>();

  private CassetteClient(Mode mode, Cassette cassette, LlmModel model, Optional<LlmClient> client) {
    this.mode = mode;
    this.cassette = Objects.requireNonNull(cassette, "cassette");
    this.model = Objects.requireNonNull(model, "model");
    this.client = client;
  }

  /** Asks every question anew, and records. */
  public static CassetteClient record(LlmClient client, Cassette cassette) {
    return new CassetteClient(Mode.RECORD, cassette, client.model(), Optional.of(client));
  }

  /** Plays back what is there, and asks and records the rest. */
  public static CassetteClient replayOrRecord(LlmClient client, Cassette cassette) {
    return new CassetteClient(Mode.REPLAY_OR_RECORD, cassette, client.model(), Optional.of(client));
  }

  /**
   * Plays back, offline.
   *
   * @param model the model that was recorded
   */
  public static CassetteClient replay(Cassette cassette, LlmModel model) {
    return replay(cassette, model, List.of());
  }

  /**
   * Plays back what one decision was told, offline.
   *
   * @param uses the questions of the decision: those without a reply fail as they did, whatever the cassette has come to know
   */
  public static CassetteClient replay(Cassette cassette, LlmModel model, List<ModelUse> uses) {
    CassetteClient replay = new CassetteClient(Mode.REPLAY, cassette, model, Optional.empty());
    for (ModelUse use : uses) {
      if (use.reply().isEmpty()) {
        replay.failed.put(use.prompt(), code(use.outcome()));
      }
    }
    return replay;
  }

  private static ErrorCode code(String outcome) {
    for (ErrorCode code : ErrorCode.values()) {
      if (outcome.equals("QILIN-" + code.number())) {
        return code;
      }
    }
    throw new QilinException(
        ErrorCode.RECORD_MISMATCH,
        "a question without a reply has the outcome " + QilinException.quote(outcome)
            + ", which is no error code");
  }

  /** What it does with its cassette. */
  public Mode mode() {
    return mode;
  }

  @Override
  public LlmModel model() {
    return model;
  }

  @Override
  public List<LlmModel> models() {
    return client.map(LlmClient::models).orElseGet(() -> List.of(model));
  }

  @Override
  public int attempts() {
    return client.map(LlmClient::attempts).orElse(1);
  }

  @Override
  public LlmReply complete(LlmRequest request, LlmCall call) {
    call.cancellation().check();
    String question = CassetteJson.question(model.toString(), request);
    String key = CassetteKey.sha256(question);
    ErrorCode failure = failed.get(key);
    if (failure != null) {
      throw again(failure);
    }
    boolean kept = mode != Mode.RECORD || cassette.answeredHere(key);
    Optional<CassetteEntry> entry = kept ? cassette.find(key, question) : Optional.empty();
    Optional<LlmReply> reply = entry.flatMap(CassetteEntry::reply);
    if (reply.isPresent()) {
      return reply.get();
    }
    return client.isEmpty()
        ? notAnswered(entry.flatMap(CassetteEntry::failure), key)
        : ask(client.get(), request, call, key, question);
  }

  private static LlmReply notAnswered(Optional<ErrorCode> failure, String key) {
    throw failure
        .map(CassetteClient::again)
        .orElseGet(() -> new QilinException(
            ErrorCode.LLM_NOT_RECORDED,
            "the cassette does not know the question " + key
                + "; record it, or replay with the settings and inputs of the recording"));
  }

  private static QilinException again(ErrorCode failure) {
    return new QilinException(failure, "the call failed so when it was recorded");
  }

  private LlmReply ask(
      LlmClient asked, LlmRequest request, LlmCall call, String key, String question) {
    LlmReply reply;
    try {
      reply = asked.complete(request, call);
    } catch (QilinException e) {
      if (FAILURES.contains(e.code())) {
        cassette.add(key, question, CassetteEntry.of(e.code()));
      }
      throw e;
    }
    boolean first = cassette.add(key, question, CassetteEntry.of(reply));
    return first
        ? reply
        : cassette.find(key, question).flatMap(CassetteEntry::reply).orElse(reply);
  }

  /** Closes the client, not the cassette. */
  @Override
  public void close() {
    client.ifPresent(LlmClient::close);
  }
}
