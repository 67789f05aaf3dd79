package io.qilin.agents.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.analysis.ModelUse;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmSchema;
import io.qilin.api.llm.LlmTool;
import io.qilin.api.llm.LlmToolCall;
import io.qilin.api.llm.LlmUsage;
import io.qilin.testkit.ScriptedLlm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassetteClientTest {
  private static final LlmCall CALL = LlmCall.within(Duration.ofSeconds(1));

  @TempDir
  Path folder;

  private Path file() {
    return folder.resolve("desk.jsonl");
  }

  private static LlmRequest ask(String text) {
    return LlmRequest.of(List.of(LlmMessage.system("s"), LlmMessage.user(text)), 10);
  }

  private static void fails(ErrorCode code, LlmClient client, String question) {
    assertThatThrownBy(() -> client.complete(ask(question), CALL))
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static LlmReply odd() {
    return new LlmReply(
        "涨\ud800 \"\\\n\u0000\ud83d\ude00",
        List.of(new LlmToolCall("", "a b", "{\"x\":1e5}"), new LlmToolCall("1", "t", "")),
        LlmReply.Finish.TOOL_CALLS,
        Optional.of(new LlmUsage(Long.MAX_VALUE, 0, 3)),
        "",
        Optional.of("why\udfff"));
  }

  @Test
  void whenRecorded_thenAReplayIsExactAndOffline() {
    ScriptedLlm model = ScriptedLlm.of(
        (request, call) -> odd(),
        ScriptedLlm.text("second"),
        ScriptedLlm.failure(ErrorCode.LLM_TIMEOUT));
    try (Cassette cassette = Cassette.open(file())) {
      CassetteClient recording = CassetteClient.record(model, cassette);
      assertThat(recording.complete(ask("a"), CALL)).isEqualTo(odd());
      recording.complete(ask("b"), CALL);
      fails(ErrorCode.LLM_TIMEOUT, recording, "c");
      assertThat(cassette.size()).isEqualTo(3);
    }
    try (Cassette cassette = Cassette.openReadOnly(file())) {
      CassetteClient replay = CassetteClient.replay(cassette, ScriptedLlm.MODEL);
      assertThat(replay.complete(ask("a"), CALL)).isEqualTo(odd());
      assertThat(replay.complete(ask("b"), CALL).text()).isEqualTo("second");
      fails(ErrorCode.LLM_TIMEOUT, replay, "c");
      fails(ErrorCode.LLM_NOT_RECORDED, replay, "d");
      assertThat(replay.mode()).isEqualTo(CassetteClient.Mode.REPLAY);
    }
    assertThat(model.requests()).hasSize(3);
  }

  @Test
  void whenAQuestionIsAskedTwiceInARecording_thenTheFirstAnswerStands() {
    ScriptedLlm model = ScriptedLlm.of(
        ScriptedLlm.failure(ErrorCode.LLM_UNAVAILABLE),
        ScriptedLlm.text("one"),
        ScriptedLlm.text("two"));
    try (Cassette cassette = Cassette.open(file())) {
      CassetteClient recording = CassetteClient.record(model, cassette);
      fails(ErrorCode.LLM_UNAVAILABLE, recording, "a");
      assertThat(recording.complete(ask("a"), CALL).text()).isEqualTo("one");
      assertThat(recording.complete(ask("a"), CALL).text()).isEqualTo("one");
    }
    try (Cassette cassette = Cassette.open(file())) {
      CassetteClient again = CassetteClient.record(model, cassette);
      assertThat(again.complete(ask("a"), CALL).text()).isEqualTo("two");
      assertThat(CassetteClient.replay(cassette, ScriptedLlm.MODEL)
              .complete(ask("a"), CALL)
              .text())
          .isEqualTo("two");
    }
  }

  @Test
  void whenReplayingOrRecording_thenOnlyWhatIsMissingOrFailedIsAsked() {
    ScriptedLlm model = ScriptedLlm.of(
        ScriptedLlm.text("one"),
        ScriptedLlm.failure(ErrorCode.LLM_TIMEOUT),
        ScriptedLlm.text("two"));
    try (Cassette cassette = Cassette.open(file())) {
      CassetteClient client = CassetteClient.replayOrRecord(model, cassette);
      client.complete(ask("a"), CALL);
      fails(ErrorCode.LLM_TIMEOUT, client, "b");
      assertThat(client.complete(ask("a"), CALL).text()).isEqualTo("one");
      assertThat(client.complete(ask("b"), CALL).text()).isEqualTo("two");
    }
    assertThat(model.requests()).hasSize(3);
  }

  @Test
  void whenADecisionSawAFailure_thenItsReplayDoesToo() {
    ScriptedLlm model = ScriptedLlm.of(ScriptedLlm.text("late"));
    try (Cassette cassette = Cassette.open(file())) {
      CassetteClient.record(model, cassette).complete(ask("a"), CALL);
      ModelUse late = new ModelUse(
          "n",
          "m",
          CassetteKey.of(ScriptedLlm.MODEL, ask("a")),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          "QILIN-3103");
      fails(
          ErrorCode.LLM_TIMEOUT,
          CassetteClient.replay(cassette, ScriptedLlm.MODEL, List.of(late)),
          "a");
      ModelUse wrong = new ModelUse(
          "n", "m", "k", Optional.empty(), Optional.empty(), Optional.empty(), "PERHAPS");
      assertThatThrownBy(() -> CassetteClient.replay(cassette, ScriptedLlm.MODEL, List.of(wrong)))
          .isInstanceOf(QilinException.class)
          .hasMessageContaining("3003");
    }
  }

  @Test
  void whenAFailureIsTheHosts_thenItIsNotRecorded() {
    try (Cassette cassette = Cassette.open(file())) {
      fails(
          ErrorCode.CANCELLED,
          CassetteClient.record(
              ScriptedLlm.always(ScriptedLlm.failure(ErrorCode.CANCELLED)), cassette),
          "a");
      assertThat(cassette.size()).isZero();
    }
  }

  @Test
  void whenAnyPartDiffers_thenTheKeyDoes() {
    LlmRequest base = ask("a");
    LlmMessage user = LlmMessage.user("a");
    List<LlmRequest> others = List.of(
        base,
        ask("a "),
        ask("\ud800"),
        ask("\ud801"),
        ask("?"),
        LlmRequest.of(base.messages(), 11),
        base.withMessages(List.of(user)),
        base.withMessages(List.of(user, user)),
        base.withMessages(List.of(LlmMessage.system("s"), LlmMessage.system("a"))),
        base.withSchema(new LlmSchema("s", "d", "{}")),
        base.withSchema(new LlmSchema("s", "d", "{ }")),
        base.withTools(List.of(new LlmTool("s", "d", "{}"))),
        new LlmRequest(
            base.messages(),
            List.of(),
            Optional.empty(),
            10,
            OptionalDouble.empty(),
            OptionalLong.empty()),
        new LlmRequest(
            base.messages(),
            List.of(),
            Optional.empty(),
            10,
            OptionalDouble.of(0.5),
            OptionalLong.empty()),
        new LlmRequest(
            base.messages(),
            List.of(),
            Optional.empty(),
            10,
            OptionalDouble.of(0),
            OptionalLong.of(0)));
    Set<String> keys = new HashSet<>();
    others.forEach(request -> keys.add(CassetteKey.of(ScriptedLlm.MODEL, request)));
    keys.add(CassetteKey.of(
        new io.qilin.api.llm.LlmModel("other", "m", Set.of(), 1, 1, Optional.empty()), base));
    assertThat(keys).hasSize(others.size() + 1);
    assertThat(CassetteJson.question("scripted/scripted-1", base))
        .isEqualTo(
            "{\"model\":\"scripted/scripted-1\",\"maxOutputTokens\":10,\"temperature\":0.0,"
                + "\"messages\":[{\"role\":\"system\",\"text\":\"s\"},{\"role\":\"user\",\"text\":\"a\"}]}");
    assertThat(CassetteKey.of(ScriptedLlm.MODEL, base))
        .as("SHA-256 of that line, by another program")
        .isEqualTo("185e46c42c17828b22ccb340bb60218efec49382b17378f5ac1e99918abaf503")
        .isEqualTo(CassetteKey.of(ScriptedLlm.MODEL, ask("a")));
  }

  @Test
  void whenALineIsWritten_thenItIsAsciiAndHoldsTheQuestion() throws IOException {
    try (Cassette cassette = Cassette.open(file())) {
      CassetteClient.record(ScriptedLlm.always(ScriptedLlm.text("涨")), cassette)
          .complete(ask("茅台"), CALL);
    }
    String line = Files.readString(file(), StandardCharsets.US_ASCII);
    assertThat(line)
        .startsWith("{\"crc32c\":\"")
        .endsWith("\"messages\":[{\"role\":\"system\",\"text\":\"s\"},"
            + "{\"role\":\"user\",\"text\":\"\\u8305\\u53F0\"}]}}}\n");
    assertThat(line.chars()).allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7f));
  }

  @Property(tries = 100)
  void whenAnyReplyIsWritten_thenItReadsBackEqual(
      @ForAll String text, @ForAll String model, @ForAll String reasoning) {
    LlmReply reply = new LlmReply(
        text,
        List.of(new LlmToolCall(model, text, reasoning)),
        LlmReply.Finish.OTHER,
        Optional.empty(),
        model,
        Optional.of(reasoning));
    String entry = CassetteEntry.of(reply).text("k", "{}");
    assertThat(CassetteReader.read(entry)).contains(CassetteEntry.of(reply));
  }
}
