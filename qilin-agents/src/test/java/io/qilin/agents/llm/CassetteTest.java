package io.qilin.agents.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.testkit.Mutation;
import io.qilin.testkit.ScriptedLlm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassetteTest {
  private static final LlmCall CALL = LlmCall.within(Duration.ofSeconds(1));

  @TempDir
  Path folder;

  private Path file() {
    return folder.resolve("desk.jsonl");
  }

  private static LlmRequest ask(int number) {
    return LlmRequest.of(List.of(LlmMessage.user("question " + number)), 10);
  }

  private byte[] recorded(int count) throws IOException {
    try (Cassette cassette = Cassette.open(file())) {
      CassetteClient client = CassetteClient.replayOrRecord(
          ScriptedLlm.always((request, call) -> ScriptedLlm.text(
                  "answer to " + request.messages().get(0).text())
              .answer(request, call)),
          cassette);
      for (int i = 0; i < count; i++) {
        client.complete(ask(i), CALL);
      }
    }
    return Files.readAllBytes(file());
  }

  private static String replayed(Cassette cassette, int number) {
    LlmReply reply = CassetteClient.replay(cassette, ScriptedLlm.MODEL).complete(ask(number), CALL);
    return reply.text();
  }

  private static void fails(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenTheEndIsTornAnywhere_thenItIsDroppedAndRecordedAgain() throws IOException {
    byte[] whole = recorded(2);
    int second = new String(whole, StandardCharsets.US_ASCII).indexOf('\n') + 1;
    for (int end = second + 1; end < whole.length; end += 7) {
      Files.write(file(), Arrays.copyOf(whole, end));
      try (Cassette cassette = Cassette.openReadOnly(file())) {
        assertThat(cassette.size()).isEqualTo(1);
        assertThat(cassette.droppedBytes()).isEqualTo(end - second);
        assertThat(replayed(cassette, 0)).isEqualTo("answer to question 0");
      }
      assertThat(recorded(2)).isEqualTo(whole);
    }
    Files.write(file(), new byte[100], StandardOpenOption.APPEND);
    assertThat(recorded(2)).isEqualTo(whole);
  }

  @Test
  void whenAByteIsDamaged_thenItIsAnErrorOrTheAnswerIsTheSame() throws IOException {
    byte[] whole = recorded(3);
    SplittableRandom random = new SplittableRandom(3);
    int errors = 0;
    for (int i = 0; i < 100; i++) {
      Files.write(file(), Mutation.of(whole, random));
      try (Cassette cassette = Cassette.openReadOnly(file())) {
        for (int q = 0; q < 3; q++) {
          try {
            assertThat(replayed(cassette, q)).isEqualTo("answer to question " + q);
          } catch (QilinException e) {
            assertThat(e.code()).isIn(ErrorCode.LLM_NOT_RECORDED, ErrorCode.DATA_FORMAT);
          }
        }
      } catch (QilinException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT);
        errors++;
      }
    }
    assertThat(errors).isGreaterThan(30);
  }

  @Test
  void whenAnAnswerIsFiledUnderAnotherQuestion_thenItIsNotGiven() throws IOException {
    String whole = new String(recorded(2), StandardCharsets.US_ASCII);
    String first = CassetteKey.of(ScriptedLlm.MODEL, ask(0));
    String second = CassetteKey.of(ScriptedLlm.MODEL, ask(1));
    String entry = CassetteFrame.entry(
            whole.lines().toList().get(1).getBytes(StandardCharsets.US_ASCII))
        .orElseThrow();
    Files.write(file(), CassetteFrame.frame(entry.replace(second, first)));
    try (Cassette cassette = Cassette.openReadOnly(file())) {
      fails(ErrorCode.DATA_FORMAT, () -> replayed(cassette, 0));
    }
  }

  @Test
  void whenAnEntryIsNone_thenItIsRefused() throws IOException {
    String key = CassetteKey.of(ScriptedLlm.MODEL, ask(0));
    String start = CassetteEntry.start(key);
    String question =
        CassetteEntry.end(CassetteJson.question(ScriptedLlm.MODEL.toString(), ask(0)));
    for (String middle : List.of(
        "\"reply\":7",
        "\"reply\":{}",
        "\"failure\":9999",
        "\"failure\":99999999999999999999",
        "\"reply\":{\"model\":\"m\",\"finish\":\"NEVER\",\"text\":\"\"}",
        "\"reply\":{\"model\":\"m\",\"finish\":\"STOP\",\"text\":\"\",\"usage\":[1,2,\"3\"]}",
        "\"reply\":{\"model\":\"m\",\"finish\":\"STOP\",\"text\":\"\",\"usage\":[1,2,3]}",
        "\"reply\":{\"model\":\"m\",\"finish\":\"STOP\",\"text\":\"\",\"toolCalls\":[1]}",
        "\"reply\":{\"model\":\"m\",\"finish\":\"STOP\",\"text\":\"\",\"reasoning\":1}",
        "\"reply\":{\"text\":\"\",\"text\":\"\"}",
        "\"reply\":" + "[".repeat(5_000),
        "\"x\":1")) {
      Files.write(file(), CassetteFrame.frame(start + middle + question));
      try (Cassette cassette = Cassette.openReadOnly(file())) {
        fails(ErrorCode.DATA_FORMAT, () -> replayed(cassette, 0));
      }
    }
    Files.write(file(), CassetteFrame.frame("{\"v\":2,\"key\":\"" + key + "\"}"));
    fails(ErrorCode.DATA_FORMAT, () -> Cassette.open(file()));
  }

  @Test
  void whenAFileIsNoCassette_thenItStaysAsItIs() throws IOException {
    for (String text : List.of("hello", "hello\n", "\n", "{\"crc32c\":\"zz\n", "PK\u0003\u0004")) {
      Files.writeString(file(), text);
      fails(ErrorCode.DATA_FORMAT, () -> Cassette.open(file()));
      assertThat(Files.readString(file())).isEqualTo(text);
    }
    fails(ErrorCode.DATA_NOT_FOUND, () -> Cassette.openReadOnly(folder.resolve("none")));
    fails(ErrorCode.IO, () -> Cassette.open(folder.resolve("no/none")));
    fails(ErrorCode.IO, () -> Cassette.open(folder));
  }

  @Test
  void whenALineIsTooLong_thenItIsRefused() throws IOException {
    Files.write(file(), new byte[Cassette.LONGEST_LINE + 10]);
    fails(ErrorCode.LIMIT_EXCEEDED, () -> Cassette.open(file()));
    Files.delete(file());
    try (Cassette cassette = Cassette.open(file())) {
      CassetteClient client = CassetteClient.record(
          ScriptedLlm.always(ScriptedLlm.text("x".repeat(Cassette.LONGEST_LINE))), cassette);
      fails(ErrorCode.LIMIT_EXCEEDED, () -> client.complete(ask(0), CALL));
      assertThat(Files.size(file())).isZero();
    }
  }

  @Test
  void whenAnotherWrites_orNobodyMay_thenItIsRefused() throws IOException {
    recorded(1);
    try (Cassette cassette = Cassette.open(file())) {
      fails(ErrorCode.IO, () -> Cassette.open(file()));
      cassette.sync();
      assertThat(cassette).hasToString("'desk.jsonl'");
    }
    try (Cassette cassette = Cassette.openReadOnly(file())) {
      CassetteClient client =
          CassetteClient.replayOrRecord(ScriptedLlm.always(ScriptedLlm.text("x")), cassette);
      fails(ErrorCode.IO, () -> client.complete(ask(1), CALL));
    }
  }

  @Test
  void whenThreadsRecordTogether_thenEachQuestionHasOneAnswerForAll()
      throws InterruptedException, ExecutionException, IOException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<List<String>> heard = new ArrayList<>();
    try (Cassette cassette = Cassette.open(file())) {
      List<Future<List<String>>> all = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        CassetteClient client = CassetteClient.record(
            ScriptedLlm.always(ScriptedLlm.text("from thread " + t)), cassette);
        all.add(threads.submit(() -> {
          List<String> answers = new ArrayList<>();
          for (int i = 0; i < 50; i++) {
            answers.add(client.complete(ask(i), CALL).text());
          }
          return answers;
        }));
      }
      for (Future<List<String>> each : all) {
        heard.add(each.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(heard).containsOnly(heard.get(0));
    assertThat(Files.readAllLines(file())).hasSize(50);
  }
}
