#pragma once

namespace eventloupe {

class BranchSession;
class BranchWatch;
class CommandHandler;
class CursorFrame;
class Density;
class DiffLoader;
class EventLogModel;
class FieldHistoryModel;
class GoTo;
class LogFilter;
class Playback;
class ProjectionModel;
class StateLoader;
class StoreClient;
class StreamListModel;
class StreamStepper;
class Subject;
class TimeCursor;

/// What a window shows and moves. Its owner keeps all of it alive for longer than the window.
struct WindowParts {
    StoreClient& client;
    TimeCursor& cursor;
    CursorFrame& frame;
    EventLogModel& log;
    LogFilter& filter;
    Subject& subject;
    StateLoader& state;
    DiffLoader& diff;
    FieldHistoryModel& history;
    StreamListModel& streams;
    Density& density;
    Playback& playback;
    StreamStepper& stepper;
    GoTo& goTo;
    CommandHandler& commands;
    ProjectionModel& projections;
    BranchSession& branch;
    BranchWatch& branchWatch;
};

} // namespace eventloupe
