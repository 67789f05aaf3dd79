package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FakeLlmServerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"stream\":true} | true",
        "{ \"stream\" : true } | true",
        "{\"stream\":false} | false",
        "{\"stream_options\":{}} | false"
      })
  void whenAClientAsksForAStream_thenBlanksInItsJsonDoNotMatter(String body, boolean streamed) {
    assertThat(new FakeLlmServer.Question("/v1/chat/completions", Map.of(), body).streamed())
        .isEqualTo(streamed);
  }

  @Test
  void whenNobodyIsToAnswer_thenThePortRefusesAndNobodyCanTakeIt() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int port = FakeLlmServer.nobody().getPort();
    assertThatThrownBy(() -> new Socket(loopback, port).close())
        .isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> new ServerSocket(port, 1, loopback).close())
        .isInstanceOf(BindException.class);
  }
}
