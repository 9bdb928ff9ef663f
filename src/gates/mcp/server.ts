import type { Connection, ConnectionEvents } from './connection.ts';
import type { Line } from './lines.ts';
import { type Message, type Notification, parseMessage, type Request, type Response, withId } from './message.ts';
import { superviseLife } from './supervise.ts';

/** What a server answered, or why it did not. */
export type Answer =
  | { readonly kind: 'answered'; readonly response: Response }
  | { readonly kind: 'failed'; readonly why: string };

/** What the client said when it came: repeated to each server that starts later. */
export interface Greeting {
  /** The client's `initialize` request; `null` until it came, and for clients that never send one. */
  hello: Request | null;
  /** Its `notifications/initialized`. */
  done: Notification | null;
}

export interface ServerOptions {
  readonly name: string;
  readonly startTimeoutMs: number;
  readonly callTimeoutMs: number;
  open(events: ConnectionEvents): Connection;
  readonly greeting: Greeting;
  /** A request or notification of the server's own. */
  onMessage(server: Server, message: Request | Notification): void;
  onState(server: Server, state: ServerState, why: string): void;
  onNote(server: Server, text: string): void;
}

/** `broken` rests behind its circuit breaker, `down` is about to be started again. */
export type ServerState = 'starting' | 'up' | 'down' | 'broken' | 'ended';

/** A server that lived so long did not fail to start. */
const STABLE_MS = 10_000;

/** One server of the registry, kept alive: requests to it get an id of their own and always an answer. */
export class Server {
  readonly options: ServerOptions;
  state: ServerState = 'starting';
  /** Why it is not up. */
  why = '';
  /** Its answer to `initialize`. */
  hello: Response | null = null;
  /** How often it was started again. */
  restarts = -1;
  /** Messages that nobody had asked for, or that were none. */
  strays = 0;
  #connection: Connection | null = null;
  #waiting = new Map<number, (answer: Answer) => void>();
  #nextId = 1;
  #ready: Promise<void> = Promise.resolve();
  #settleReady: () => void = () => {};
  #life: { end(): void } | null = null;

  constructor(options: ServerOptions) {
    this.options = options;
  }

  get name(): string {
    return this.options.name;
  }

  get pid(): number | undefined {
    return this.#connection?.pid;
  }

  start(): void {
    const onState = (state: ServerState, why: string) => this.#become(state, why);
    this.#life = superviseLife({ live: () => this.#live(), onState });
  }

  /** Greets a server that started before the client spoke; its answer, or `null` when it gives none. */
  async greet(): Promise<Response | null> {
    const { hello } = this.options.greeting;
    if ((await this.#isUp()) && this.hello === null && hello) await this.#sayHello(hello).catch(() => null);
    return this.hello;
  }

  /** Sends a request under an id of the server's own, which `sent` is told; the answer always comes. */
  async ask(text: string, { timeoutMs = this.options.callTimeoutMs, sent = noOne } = {}): Promise<Answer> {
    if (!(await this.#isUp())) return { kind: 'failed', why: `is not running: it ${this.why}` };
    return this.#request(text, timeoutMs, sent);
  }

  /** Sends a notification, or an answer; nobody waits for it. */
  tell(text: string): void {
    this.#connection?.send(text);
  }

  /** Forgets a request: whoever waits is told, and a late answer is a stray. */
  forget(id: number, why: string): void {
    this.#settle(id, { kind: 'failed', why });
  }

  hold(yes: boolean): void {
    this.#connection?.hold(yes);
  }

  async end(): Promise<void> {
    this.#become('ended', 'ends with the gateway');
    this.#life?.end();
    await this.#connection?.end();
  }

  /** One life: resolves or rejects when it is over. */
  #live(): Promise<void> {
    if (this.state === 'ended') return Promise.resolve();
    return new Promise<void>((resolve, reject) => {
      const born = Date.now();
      const connection = this.options.open({
        onLine: (line) => this.#hear(line),
        onNote: (text) => this.options.onNote(this, text),
        onEnd: (ending) => {
          const why = this.why || ending;
          this.#connection = null;
          this.hello = null;
          for (const id of [...this.#waiting.keys()]) this.forget(id, why);
          if (this.state === 'ended' || Date.now() - born > STABLE_MS) resolve();
          else reject(new Error(why));
        },
      });
      this.#connection = connection;
      this.#introduce().then(
        () => this.#become('up', ''),
        (error: Error) => {
          this.why = error.message;
          void connection.end();
        },
      );
    });
  }

  async #introduce(): Promise<void> {
    const { hello, done } = this.options.greeting;
    if (hello) await this.#sayHello(hello);
    if (done) this.tell(done.text);
  }

  async #sayHello(hello: Request): Promise<void> {
    const answer = await this.#request(hello.text, this.options.startTimeoutMs);
    if (answer.kind === 'failed') throw new Error(answer.why);
    this.hello = answer.response;
  }

  #request(text: string, timeoutMs: number, sent: (id: number) => void = noOne): Promise<Answer> {
    return new Promise((resolve) => {
      const id = this.#nextId++;
      const timer = setTimeout(() => {
        this.tell(cancelledLine(id));
        this.forget(id, `gave no answer within ${timeoutMs / 1000} s`);
      }, timeoutMs);
      this.#waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      sent(id);
      if (this.#connection) this.#connection.send(withId(text, String(id)));
      else this.forget(id, this.why);
    });
  }

  #settle(id: number, answer: Answer): void {
    const settle = this.#waiting.get(id);
    this.#waiting.delete(id);
    settle?.(answer);
  }

  #hear(line: Line): void {
    if (line.kind === 'bad') this.#stray(`a line that ${line.why}`);
    else this.#take(parseMessage(line.text));
  }

  #take(message: Message): void {
    switch (message.kind) {
      case 'batch':
        for (const text of message.texts) this.#take(parseMessage(text));
        break;
      case 'bad':
        this.#stray(message.why);
        // Whoever waits for it would wait for ever.
        if (/^\d+$/.test(message.id)) this.forget(Number(message.id), `answered what cannot be read: ${message.why}`);
        break;
      case 'response': {
        const { id } = message.body;
        if (typeof id === 'number' && this.#waiting.has(id)) this.#settle(id, { kind: 'answered', response: message });
        else this.#stray('an answer that nobody waits for');
        break;
      }
      default:
        this.options.onMessage(this, message);
    }
  }

  #stray(what: string): void {
    this.strays++;
    this.options.onNote(this, `dropped: ${what}`);
  }

  async #isUp(): Promise<boolean> {
    if (this.state === 'starting') await this.#ready;
    return this.state === 'up';
  }

  #become(state: ServerState, why: string): void {
    if (this.state === 'ended') return;
    if (state === 'starting') {
      this.restarts++;
      this.#ready = new Promise((resolve) => {
        this.#settleReady = resolve;
      });
    }
    this.state = state;
    this.why = why;
    if (state !== 'starting') this.#settleReady();
    this.options.onState(this, state, why);
  }
}

function noOne(_id: number): void {}

function cancelledLine(requestId: number): string {
  const params = { requestId, reason: 'no answer in time' };
  return JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params });
}
