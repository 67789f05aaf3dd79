package io.qilin.mlops.job;

/** A job that a service has made its own, and the two numbers that every write of the run is checked against. */
record Claim(long id, JobRequest request, int attempt, long owner) {}
