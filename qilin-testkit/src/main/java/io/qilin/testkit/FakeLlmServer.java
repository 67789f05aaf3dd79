package io.qilin.testkit;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * A server of chat completions on this machine, over real HTTP/1.1, that answers as a test says: well, badly, slowly or not at all.
 * Until told otherwise it answers every question with {@code ok}. It keeps what it was asked, at most {@value #MOST_KEPT} questions.
 * Safe for use by several threads; it owns a thread for each connection until it is closed.
 */
public final class FakeLlmServer implements AutoCloseable {
  /** Most questions that are kept. */
  public static final int MOST_KEPT = 1_000;

  private static final Pattern STREAMED = Pattern.compile("\"stream\"\\s*:\\s*true");
  private static final int HEAD_BYTES = 64 << 10;
  private static final int BODY_BYTES = 16 << 20;

  private final ServerSocket socket;
  private final String scheme;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final List<Question> questions = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(task, "fake-llm-server");
    thread.setDaemon(true);
    return thread;
  });
  private volatile Function<Question, FakeLlmReply> script = question -> FakeLlmReply.text("ok");

  /**
   * What a client asked.
   *
   * @param path for example {@code /v1/chat/completions}
   * @param headers by name in lower case
   * @param body the JSON text
   */
  public record Question(String path, Map<String, String> headers, String body) {
    /** Copies the headers. */
    public Question {
      headers = Map.copyOf(headers);
    }

    /** Whether a stream of events is asked for. */
    public boolean streamed() {
      return STREAMED.matcher(body).find();
    }
  }

  private FakeLlmServer(ServerSocket socket, String scheme) {
    this.socket = socket;
    this.scheme = scheme;
  }

  /**
   * Starts a server on a free port.
   *
   * @throws QilinException NETWORK if there is none
   */
  public static FakeLlmServer start() {
    return start(ServerSocketFactory.getDefault(), "http");
  }

  /**
   * Starts a server that speaks TLS.
   *
   * @param identity holds the server's key and certificate
   * @throws QilinException NETWORK if no port is free
   */
  public static FakeLlmServer startTls(SSLContext identity) {
    return start(identity.getServerSocketFactory(), "https");
  }

  private static FakeLlmServer start(ServerSocketFactory sockets, String scheme) {
    try {
      FakeLlmServer server = new FakeLlmServer(
          sockets.createServerSocket(0, 256, InetAddress.getLoopbackAddress()), scheme);
      server.threads.execute(server::accept);
      return server;
    } catch (IOException e) {
      throw new QilinException(ErrorCode.NETWORK, "no port for the fake server", e);
    }
  }

  /** The setting {@code base-uri} of a server that refuses every connection. */
  public static URI nobody() {
    return uri("http", Nobody.SOCKET.getLocalPort());
  }

  /** A port that is bound and does not listen: so nobody else can take it while this JVM lives. */
  private static final class Nobody {
    private static final Socket SOCKET = bound();

    private static Socket bound() {
      Socket socket = new Socket();
      try {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
      } catch (IOException e) {
        throw new QilinException(ErrorCode.NETWORK, "no port for the fake server", e);
      }
    }
  }

  private static URI uri(String scheme, int port) {
    return URI.create(scheme + "://127.0.0.1:" + port + "/v1");
  }

  /** The setting {@code base-uri}. */
  public URI baseUri() {
    return uri(scheme, socket.getLocalPort());
  }

  /** The same port as if it spoke TLS, which it does not unless started so: no connection can be secured. */
  public URI brokenTlsUri() {
    return uri("https", socket.getLocalPort());
  }

  /** Answers the next questions one after another; the last answer stays. */
  public FakeLlmServer answer(FakeLlmReply first, FakeLlmReply... then) {
    List<FakeLlmReply> left = new ArrayList<>(List.of(then));
    left.add(0, first);
    return answer(question -> {
      synchronized (left) {
        return left.size() > 1 ? left.remove(0) : left.get(0);
      }
    });
  }

  /** Answers every question by a function, which several threads may call. */
  public FakeLlmServer answer(Function<Question, FakeLlmReply> by) {
    script = by;
    return this;
  }

  /** What it was asked, in the order of arrival. */
  public List<Question> questions() {
    synchronized (questions) {
      return List.copyOf(questions);
    }
  }

  private void accept() {
    while (closed.getCount() > 0) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        start(connection);
      } catch (IOException e) {
        close();
      }
    }
  }

  private void start(Socket connection) {
    try {
      threads.execute(() -> serve(connection));
    } catch (RejectedExecutionException e) {
      // The server was closed just after it took this connection, which would otherwise stay open.
      close(connection);
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      boolean again = true;
      while (again && closed.getCount() > 0) {
        Question question = read(in);
        keep(question);
        FakeLlmWire wire = new FakeLlmWire(connection, closed);
        again = script.apply(question).write(wire, question.streamed());
      }
    } catch (IOException e) {
      // The client has gone, or spoke no HTTP: this connection is over, and there is nobody to
      // tell.
      connections.remove(connection);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  private void keep(Question question) {
    synchronized (questions) {
      if (questions.size() < MOST_KEPT) {
        questions.add(question);
      }
    }
  }

  private static Question read(InputStream in) throws IOException {
    String[] lines = head(in).split("\r\n", -1);
    Map<String, String> headers = new HashMap<>();
    for (int k = 1; k < lines.length; k++) {
      int colon = lines[k].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[k].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[k].substring(colon + 1).strip());
      }
    }
    int length = length(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3 || body.length < length) {
      throw new SocketException("no HTTP request");
    }
    return new Question(words[1], headers, new String(body, StandardCharsets.UTF_8));
  }

  private static int length(String text) throws IOException {
    int length = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : BODY_BYTES + 1;
    if (length > BODY_BYTES) {
      throw new SocketException("a body of " + BODY_BYTES + " bytes at most is read");
    }
    return length;
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < HEAD_BYTES) {
      int b = in.read();
      if (b < 0 || b > 0x7f) {
        throw new SocketException("no HTTP request");
      }
      head.append((char) b);
      if (b == '\n' && head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        return head.substring(0, head.length() - 4);
      }
    }
    throw new SocketException("the head of the request is too long");
  }

  /** Ends every connection. */
  @Override
  public void close() {
    closed.countDown();
    connections.forEach(FakeLlmServer::close);
    close(socket);
    threads.shutdown();
  }

  private static void close(java.io.Closeable what) {
    try {
      what.close();
    } catch (IOException e) {
      throw new QilinException(ErrorCode.NETWORK, "the fake server cannot be closed", e);
    }
  }
}
