package io.qilin.mlops.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Logger;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** The least pool: connections that were given back are given out again. */
final class PooledSource implements DataSource, ConnectionEventListener, AutoCloseable {
  private final PGConnectionPoolDataSource driver = new PGConnectionPoolDataSource();
  /** Guarded by itself. */
  private final Deque<PooledConnection> idle = new ArrayDeque<>();

  PooledSource(String url) {
    driver.setUrl(url);
  }

  @Override
  public Connection getConnection() throws SQLException {
    PooledConnection pooled;
    synchronized (idle) {
      pooled = idle.poll();
    }
    if (pooled == null) {
      pooled = driver.getPooledConnection();
      pooled.addConnectionEventListener(this);
    }
    return pooled.getConnection();
  }

  @Override
  public void connectionClosed(ConnectionEvent event) {
    PooledConnection pooled = (PooledConnection) event.getSource();
    synchronized (idle) {
      idle.push(pooled);
    }
  }

  /** It is not given out again. */
  @Override
  public void connectionErrorOccurred(ConnectionEvent event) {}

  @Override
  public void close() throws SQLException {
    synchronized (idle) {
      for (PooledConnection pooled : idle) {
        pooled.removeConnectionEventListener(this);
        pooled.close();
      }
      idle.clear();
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
