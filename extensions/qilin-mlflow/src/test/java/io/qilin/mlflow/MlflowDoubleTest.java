package io.qilin.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The stand-in answers as the recorded server did, row by row of the contract. */
class MlflowDoubleTest {
  private MlflowDouble mlflow;
  private String run = "";

  @BeforeEach
  void open() throws Exception {
    mlflow = MlflowDouble.start();
    run = json("POST", "runs/create", "{'experiment_id': '0', 'start_time': 5}")
        .at("/run/info/run_id")
        .asString();
  }

  @AfterEach
  void close() {
    mlflow.close();
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    String where = path.startsWith("/") ? path : "/api/2.0/mlflow/" + path;
    return Fixture.HTTP.send(
        HttpRequest.newBuilder(URI.create(mlflow.uri() + where))
            .method(method, BodyPublishers.ofString(body.replace('\'', '"').replace("RUN", run)))
            .build(),
        BodyHandlers.ofString());
  }

  private JsonNode json(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.read(answer.body().getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | experiments/create | {'name': 'Default'} | 400 | RESOURCE_ALREADY_EXISTS",
        "POST | experiments/create | {'name': 7} | 400 | INVALID_PARAMETER_VALUE",
        "POST | experiments/create | {'name': | 400 | INVALID_PARAMETER_VALUE",
        "GET | experiments/get?experiment_id=77 | {} | 404 | RESOURCE_DOES_NOT_EXIST",
        "GET | experiments/get-by-name?experiment_name=none | {} | 404 | RESOURCE_DOES_NOT_EXIST",
        "POST | runs/create | {'experiment_id': '77'} | 404 | RESOURCE_DOES_NOT_EXIST",
        "GET | runs/get?run_id=none | {} | 404 | RESOURCE_DOES_NOT_EXIST",
        "POST | runs/log-batch | {'run_id': 'RUN', 'metrics': [{'key': 'a?', 'value': 1, 'timestamp': 1}]} | 400 | INVALID_PARAMETER_VALUE",
        "POST | runs/log-batch | {'run_id': 'RUN', 'metrics': [{'key': 'a', 'timestamp': 1}]} | 400 | INVALID_PARAMETER_VALUE",
        "POST | runs/log-batch | {'run_id': 'RUN', 'metrics': [{'key': 'a', 'value': 1}]} | 400 | INVALID_PARAMETER_VALUE",
        "POST | runs/log-batch | {'run_id': 'RUN', 'params': [{'key': 'a', 'value': '1'}, {'key': 'a', 'value': '2'}]} | 400 | INVALID_PARAMETER_VALUE",
        "POST | runs/search | {'experiment_ids': ['0'], 'filter': 'nonsense'} | 400 | INVALID_PARAMETER_VALUE",
        "POST | runs/search | {'experiment_ids': ['0'], 'max_results': 60000} | 400 | INVALID_PARAMETER_VALUE",
        "GET | artifacts/list?run_id=RUN&path=.. | {} | 400 | INVALID_PARAMETER_VALUE",
        "GET | /api/2.0/mlflow-artifacts/artifacts/0/x/artifacts/none | {} | 500 | INTERNAL_ERROR",
        "POST | registered-models/create | {'name': ''} | 400 | INVALID_PARAMETER_VALUE",
        "GET | registered-models/get?name=none | {} | 404 | RESOURCE_DOES_NOT_EXIST",
        "POST | model-versions/create | {'name': 'none', 'source': 'mlflow-artifacts:/x'} | 404 | RESOURCE_DOES_NOT_EXIST",
        "GET | nothing/there | {} | 404 | html",
        "GET | runs/create | {} | 405 | html"
      })
  void whenARequestIsWrong_thenItIsAnsweredAsRecorded(
      String method, String path, String body, int status, String code) throws Exception {
    HttpResponse<String> answer = send(method, path.replace("RUN", run), body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(code);
  }

  @Test
  void whenNothingWasLogged_thenEmptyListsAreLeftOut() throws Exception {
    assertThat(send("GET", "metrics/get-history?run_id=" + run + "&metric_key=m", "")
            .body())
        .isEqualTo("{}");
    JsonNode made = json("GET", "runs/get?run_id=" + run, "");
    assertThat(made.at("/run/data").has("metrics")).isFalse();
    assertThat(made.at("/run/info/user_id").asString()).isEmpty();
    assertThat(made.at("/run/info/start_time").isNumber()).isTrue();
    assertThat(made.at("/run/data/tags/0/key").asString()).isEqualTo("mlflow.runName");
  }

  @Test
  void whenNumbersAreSpecial_thenTheyComeBackAsTheDatabaseKeepsThem() throws Exception {
    json(
        "POST",
        "runs/log-batch",
        "{'run_id': 'RUN', 'metrics': ["
            + "{'key': 'n', 'value': 'NaN', 'timestamp': 1}, {'key': 'i', 'value': 'Infinity', 'timestamp': 1},"
            + "{'key': 'i', 'value': 'Infinity', 'timestamp': 1}]}");
    assertThat(send("GET", "metrics/get-history?run_id=" + run + "&metric_key=n", "")
            .body())
        .contains("\"value\":\"NaN\"");
    JsonNode history = json("GET", "metrics/get-history?run_id=" + run + "&metric_key=i", "");
    assertThat(history.at("/metrics").size()).isEqualTo(1);
    assertThat(history.at("/metrics/0/value").doubleValue()).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void whenAParamOrStatusIsWrittenAgain_thenItIsAsRecorded() throws Exception {
    String first = "{'run_id': 'RUN', 'params': [{'key': 'lr', 'value': '1'}]}";
    json("POST", "runs/log-batch", first);
    json("POST", "runs/log-batch", first);
    HttpResponse<String> other = send("POST", "runs/log-batch", first.replace("'1'", "'2'"));
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body()).contains("Changing param values is not allowed");
    json("POST", "runs/update", "{'run_id': 'RUN', 'status': 'NONSENSE'}");
    assertThat(json("GET", "runs/get?run_id=" + run, "").at("/run/info/status").asString())
        .isEqualTo("RUNNING");
    json("POST", "runs/delete", "{'run_id': 'RUN'}");
    assertThat(send("POST", "runs/log-batch", first).statusCode()).isEqualTo(400);
  }

  @Test
  void whenABatchIsTooLarge_thenTheServerSaysHowMuch() throws Exception {
    StringBuilder body = new StringBuilder("{'run_id': 'RUN', 'metrics': [");
    for (int i = 0; i <= 1_000; i++) {
      body.append(i == 0 ? "" : ",")
          .append("{'key': 'm', 'value': 1, 'timestamp': ")
          .append(i)
          .append('}');
    }
    assertThat(send("POST", "runs/log-batch", body.append("]}").toString()).body())
        .contains("at most 1000 metrics. Got 1001 metrics");
  }

  @Test
  void whenAliasesAreUsed_thenTheyAreAsRecorded() throws Exception {
    json("POST", "registered-models/create", "{'name': 'a/b'}");
    json(
        "POST",
        "model-versions/create",
        "{'name': 'a/b', 'source': 'mlflow-artifacts:/0/RUN/artifacts/m', 'run_id': 'RUN'}");
    json("POST", "registered-models/alias", "{'name': 'a/b', 'alias': 'x', 'version': '1'}");
    assertThat(json("GET", "registered-models/alias?name=a%2Fb&alias=x", "")
            .at("/model_version/version")
            .asString())
        .isEqualTo("1");
    assertThat(send("GET", "registered-models/alias?name=a%2Fb&alias=y", "").statusCode())
        .isEqualTo(400);
    for (String alias : new String[] {"latest", "v1", "a.b"}) {
      assertThat(send(
                  "POST",
                  "registered-models/alias",
                  "{'name': 'a/b', 'alias': '" + alias + "', 'version': '1'}")
              .statusCode())
          .isEqualTo(400);
    }
    json("DELETE", "registered-models/alias", "{'name': 'a/b', 'alias': 'x'}");
    json("DELETE", "registered-models/alias", "{'name': 'a/b', 'alias': 'x'}");
  }
}
