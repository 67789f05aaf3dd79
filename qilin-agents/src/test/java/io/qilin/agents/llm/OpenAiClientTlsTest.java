package io.qilin.agents.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmClient;
import io.qilin.testkit.FakeLlmServer;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose certificate nobody here trusts, or that is made for another name. */
class OpenAiClientTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir
  static Path folder;

  private static SSLContext identity;
  private static FakeLlmServer server;

  /** A key and a certificate for {@code localhost}, signed by itself, made by the tool of the JDK. */
  @BeforeAll
  static void start() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keystore",
            file.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD),
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-validity",
            "2",
            "-dname",
            "CN=test",
            "-ext",
            "san=dns:localhost")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("keytool.txt").toFile())
        .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(certificates);
    identity = SSLContext.getInstance("TLS");
    identity.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    server = FakeLlmServer.startTls(identity);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  /** A client that trusts the server's certificate, as one in a process whose default trust store holds it. */
  private static LlmClient trusting(URI where) throws Exception {
    SSLContext before = SSLContext.getDefault();
    SSLContext.setDefault(identity);
    try {
      return Asking.open(where);
    } finally {
      SSLContext.setDefault(before);
    }
  }

  private static URI named() {
    return URI.create("https://localhost:" + server.baseUri().getPort() + "/v1");
  }

  private static void failsForTls(LlmClient client) {
    int before = server.questions().size();
    QilinException error = Asking.failure(client);
    assertThat(error.code()).isEqualTo(ErrorCode.LLM_UNAVAILABLE);
    assertThat(error).hasMessageContaining("TLS").hasMessageContaining("trust store");
    assertThat(server.questions()).hasSize(before);
  }

  @Test
  void whenTheCertificateIsNotTrusted_thenNothingIsSent() {
    try (LlmClient client = Asking.open(named())) {
      failsForTls(client);
    }
  }

  @Test
  void whenTheCertificateIsForAnotherName_thenNothingIsSent() throws Exception {
    try (LlmClient client = trusting(server.baseUri())) {
      failsForTls(client);
    }
  }

  @Test
  void whenTheCertificateIsTrusted_thenTheServerAnswers() throws Exception {
    try (LlmClient client = trusting(named())) {
      assertThat(Asking.ask(client).text()).isEqualTo("ok");
    }
    assertThat(server.questions()).isNotEmpty();
  }
}
