package io.qilin.ops.http;

import com.sun.net.httpserver.HttpExchange;

/** Answers the questions of one path. */
@FunctionalInterface
interface OpsRoute {
  OpsReply answer(HttpExchange exchange);
}
