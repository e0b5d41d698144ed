/** A build's choice (asconfig.json): 0 leaves out the gauge under load, where no board counts. */
declare const UNDER_LOAD: i32;
